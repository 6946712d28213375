// Compiles src/bytes/wasm/assembly to WebAssembly and embeds it in a module, because the rooms that use it read no
// files. Does nothing when the module was made from the same sources.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMPILER = join(ROOT, 'node_modules', 'assemblyscript');
const SOURCES = join(ROOT, 'src', 'bytes', 'wasm', 'assembly');
const TARGET = join(ROOT, 'src', 'bytes', 'wasm', 'compiled.ts');
const FLAGS = ['--runtime', 'stub', '-O3', '--converge', '--noAssert', '--enable', 'simd', '--initialMemory', '128'];

const stamp = hashOfSources();
if (!existsSync(TARGET) || !readFileSync(TARGET, 'utf8').includes(stamp)) {
  stdout.write('compiling WebAssembly\n');
  const folder = mkdtempSync(join(tmpdir(), 'traceconv-wasm-'));
  try {
    embed(compile(join(folder, 'scanner.wasm')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hashOfSources() {
  const hash = createHash('sha256').update(JSON.stringify(FLAGS));
  hash.update(JSON.parse(readFileSync(join(COMPILER, 'package.json'), 'utf8')).version);
  for (const name of readdirSync(SOURCES).sort()) hash.update(`${name}\0`).update(readFileSync(join(SOURCES, name)));
  return hash.digest('hex');
}

function compile(target) {
  const words = [join(COMPILER, 'bin', 'asc.js'), 'index.ts', '--outFile', target, ...FLAGS];
  execFileSync(execPath, words, { cwd: SOURCES, stdio: ['ignore', 'inherit', 'pipe'] });
  return readFileSync(target);
}

/** Written beside its place and renamed, so that nobody reads half of it. */
function embed(binary) {
  const text = `// Made by scripts/build-wasm.mjs from the sources in assembly/, whose hash is
// ${stamp}.
export const SCANNER_BASE64 =
  '${binary.toString('base64')}';
`;
  writeFileSync(`${TARGET}.new`, text);
  renameSync(`${TARGET}.new`, TARGET);
}
