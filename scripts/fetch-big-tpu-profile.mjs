// Installs bigTpuProfile, the tool of Sophon's own for captures of the SG2260, which test/differential/big-tpu-profile
// compares our decoding with: a pinned version, checked, in a virtual environment of its own below node_modules/.cache.
// Nothing of it becomes part of this project.
//
//   node scripts/fetch-big-tpu-profile.mjs [--require]
//
// Where it cannot be installed (no Python, another system, no package index in reach) the tests against it are skipped:
// exit 0 with one line, or exit 1 under --require.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, platform } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const VERSION = '0.3.7';
const SHA256 = 'fa4ebfc448fbc5f5aaf5d2d8846beafc9fbf475fcb828b274f3fd2aeed74d2ea';

// Environments know where they lie, so it is made in its place; a file written last says that it is whole.
const HOME = fileURLToPath(new URL(`../node_modules/.cache/traceconv/big-tpu-profile-${VERSION}`, import.meta.url));
const BIN = join(HOME, platform === 'win32' ? 'Scripts' : 'bin');
const COMPLETE = join(HOME, 'complete');
const PATIENCE = ['--retries=1', '--timeout=15', '--disable-pip-version-check', '--quiet', '--only-binary=:all:'];

/** The program, where it has been installed. */
export function bigTpuProfile() {
  return existsSync(COMPLETE) ? join(BIN, 'bigTpuProfile') : undefined;
}

/** @returns {{ available: true, fetched: boolean } | { available: false, reason: string }} */
export function fetchBigTpuProfile() {
  if (bigTpuProfile() !== undefined) return { available: true, fetched: false };
  try {
    rmSync(HOME, { recursive: true, force: true });
    mkdirSync(HOME, { recursive: true });
    run('python3', ['-m', 'venv', HOME]);
    const wheels = join(HOME, 'wheels');
    pip('download', '--no-deps', `--dest=${wheels}`, `bigTpuProfile==${VERSION}`);
    const [name] = readdirSync(wheels);
    const wheel = join(wheels, name);
    const sha256 = createHash('sha256').update(readFileSync(wheel)).digest('hex');
    if (sha256 !== SHA256) throw new Error(`${name} is not the file expected`);
    pip('install', wheel);
    writeFileSync(COMPLETE, '');
    return { available: true, fetched: true };
  } catch (error) {
    rmSync(HOME, { recursive: true, force: true });
    return { available: false, reason: error.message.split('\n')[0] };
  }
}

function pip(command, ...words) {
  run(join(BIN, 'python'), ['-m', 'pip', command, ...PATIENCE, ...words]);
}

function run(program, words) {
  try {
    execFileSync(program, words, { stdio: 'ignore', timeout: 180_000 });
  } catch (error) {
    const why = error.code === 'ENOENT' ? 'there is no Python' : 'failed (package index out of reach?)';
    throw new Error(`${program} ${words.slice(0, 3).join(' ')}: ${why}`);
  }
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const result = fetchBigTpuProfile();
  if (result.available) {
    console.log(`bigTpuProfile ${VERSION} ${result.fetched ? 'installed into' : 'already in'} ${HOME}`);
  } else {
    console.log(`bigTpuProfile not available: ${result.reason}; tests against it are skipped`);
    if (argv.includes('--require')) exit(1);
  }
}
