// Compiles every src/**/wasm/assembly to WebAssembly and embeds it in the module compiled.ts beside it, because the
// rooms that use it read no files. Does nothing where the module was made from the same sources.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execPath, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMPILER = join(ROOT, 'node_modules', 'assemblyscript');
const FLAGS = ['--runtime', 'stub', '-O3', '--converge', '--noAssert', '--enable', 'simd', '--initialMemory', '128'];

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /wasm[\\/]assembly[\\/][^\\/]+\.ts$/.test(path))
  .map((path) => join(ROOT, 'src', path))
  .sort();
const stamp = hashOfSources();
const folders = [...new Set(sources.map((path) => dirname(path)))];
for (const folder of folders) {
  const target = join(folder, '..', 'compiled.ts');
  if (existsSync(target) && readFileSync(target, 'utf8').includes(stamp)) continue;
  stdout.write(`compiling ${folder.slice(ROOT.length)} to WebAssembly\n`);
  const scratch = mkdtempSync(join(tmpdir(), 'traceconv-wasm-'));
  try {
    embed(compile(folder, join(scratch, 'compiled.wasm')), target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** One for all modules: they share sources. */
function hashOfSources() {
  const hash = createHash('sha256').update(JSON.stringify(FLAGS));
  hash.update(JSON.parse(readFileSync(join(COMPILER, 'package.json'), 'utf8')).version);
  for (const path of sources) hash.update(`${path.slice(ROOT.length)}\0`).update(readFileSync(path));
  return hash.digest('hex');
}

function compile(folder, target) {
  const words = [join(COMPILER, 'bin', 'asc.js'), 'index.ts', '--outFile', target, ...FLAGS];
  execFileSync(execPath, words, { cwd: folder, stdio: ['ignore', 'inherit', 'pipe'] });
  return readFileSync(target);
}

/** Written beside its place and renamed, so that nobody reads half of it. */
function embed(binary, target) {
  const text = `// Made by scripts/build-wasm.mjs from the sources in assembly/, whose hash is
// ${stamp}.
export const WASM_BASE64 =
  '${binary.toString('base64')}';
`;
  writeFileSync(`${target}.new`, text);
  renameSync(`${target}.new`, target);
}
