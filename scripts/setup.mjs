// Makes a checkout ready to run, with nothing installed but Node: locked dependencies, then the build. `npm run demo`,
// `npm test` and `npm run bench` call it first, so it does only what changed since the last time.
//
//   node scripts/setup.mjs [--test]      --test also fetches what the tests compare against and run in
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env, execPath, exit, pid, platform, stdout, versions } from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
const CACHE = join(ROOT, 'node_modules', '.cache', 'traceconv');
const BUILD_STAMP = join(CACHE, 'build.sha256');
const OLDEST_NODE = [20, 19];

requireNode();
if (!areDependenciesInstalled()) {
  run('installing the locked dependencies', ...npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']));
}
execFileSync(execPath, [join(ROOT, 'scripts', 'build-wasm.mjs')], { cwd: ROOT, stdio: 'inherit' });
if (!isBuilt()) build();
if (argv.includes('--test')) {
  const scripts = [['fetch-trace-processor.mjs'], ['fetch-big-tpu-profile.mjs'], ['find-chromium.mjs', '--install']];
  for (const words of scripts) {
    const script = join(ROOT, 'scripts', words[0]);
    if (existsSync(script)) execFileSync(execPath, [script, ...words.slice(1)], { cwd: ROOT, stdio: 'inherit' });
  }
}

function requireNode() {
  const [major, minor] = versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${versions.node}`);
}

/** npm notes what it installed in a lock file of its own; parts for other platforms may be missing from it. */
function areDependenciesInstalled() {
  const installed = packagesIn(join('node_modules', '.package-lock.json'));
  const wanted = packagesIn('package-lock.json');
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (installed[path] === undefined ? optional === true : installed[path].version === version),
  );
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(join(ROOT, lockFile), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** Builds beside the old dist and swaps the two, so that a command running meanwhile still finds its files. */
function build() {
  const stamp = hashOfBuildInputs();
  const fresh = join(CACHE, `dist-${pid}`);
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const bundler = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  run('building dist', execPath, [compiler, '-p', 'tsconfig.build.json', '--noEmitOnError', '--outDir', fresh]);
  run('building the viewer', execPath, [bundler, 'build', '--outDir', join(fresh, 'viewer')]);
  rmSync(DIST, { recursive: true, force: true });
  renameSync(fresh, DIST);
  writeFileSync(BUILD_STAMP, stamp);
}

function isBuilt() {
  if (!existsSync(join(DIST, 'cli.js')) || !existsSync(join(DIST, 'viewer', 'viewer.html')) || !existsSync(BUILD_STAMP))
    return false;
  return readFileSync(BUILD_STAMP, 'utf8') === hashOfBuildInputs();
}

function hashOfBuildInputs() {
  const hash = createHash('sha256');
  const files = ['tsconfig.json', 'tsconfig.build.json', 'vite.config.ts', 'package.json', 'package-lock.json'];
  for (const path of [...filesBelow('src'), ...filesBelow('viewer'), ...files]) {
    hash.update(`${path}\0`).update(readFileSync(join(ROOT, path)));
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(ROOT.length))
    .sort();
}

/** The npm that runs this script, else the one on the path. */
function npm(words) {
  if (env.npm_execpath?.endsWith('.js')) return [execPath, [env.npm_execpath, ...words]];
  return platform === 'win32' ? ['cmd.exe', ['/d', '/s', '/c', 'npm', ...words]] : ['npm', words];
}

function run(what, command, words) {
  stdout.write(`setup: ${what}\n`);
  try {
    execFileSync(command, words, { cwd: ROOT, stdio: 'inherit' });
  } catch (error) {
    fail(`${what} failed: ${error.message}`);
  }
}

function fail(message) {
  stdout.write(`setup: ${message}\n`);
  exit(1);
}
