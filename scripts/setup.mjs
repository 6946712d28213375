// Makes a checkout ready to run, with nothing installed but Node: locked dependencies, then the build. `npm run demo`,
// `npm test` and `npm run bench` call it first, so it does only what changed since the last time.
//
//   node scripts/setup.mjs [--test]      --test also fetches what the tests compare against
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, env, execPath, exit, platform, stdout, versions } from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMPS = join(ROOT, 'node_modules', '.cache', 'traceconv');
const OLDEST_NODE = [20, 19];

requireNode();
once(
  'dependencies',
  ['package.json', 'package-lock.json'],
  existsSync(join(ROOT, 'node_modules', 'typescript')),
  () => {
    run('installing the locked dependencies', ...npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']));
  },
);
once(
  'build',
  [...filesBelow('src'), 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
  existsSync(join(ROOT, 'dist', 'cli.js')),
  () => {
    rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
    run('building dist', execPath, [
      join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'),
      '-p',
      'tsconfig.build.json',
    ]);
  },
);
const oracle = join(ROOT, 'scripts', 'fetch-trace-processor.mjs');
if (argv.includes('--test') && existsSync(oracle)) execFileSync(execPath, [oracle], { cwd: ROOT, stdio: 'inherit' });

function requireNode() {
  const [major, minor] = versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${versions.node}`);
}

/** Does a step unless its result is there and nothing it depends on has changed. */
function once(step, inputs, resultExists, work) {
  const stampFile = join(STAMPS, `${step}.sha256`);
  const stamp = hashOf(inputs);
  if (resultExists && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(stampFile, { force: true });
  work();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function hashOf(paths) {
  const hash = createHash('sha256').update(versions.modules);
  for (const path of paths)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
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
