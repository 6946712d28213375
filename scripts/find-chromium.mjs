// Finds the Chromium or Chrome that the tests of the viewer run in, or gets one.
//
//   node scripts/find-chromium.mjs [--install]
//
// TRACECONV_CHROMIUM names one. Without any, --install asks Debian's packages where this is root on Debian or Ubuntu, else
// Playwright, for its own. Where neither helps, the tests in a browser are skipped: exit 0 with one line.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { argv, env, execPath, getuid, platform } from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  win32: [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].map((folder) =>
    join(folder ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
  ),
};

/** @returns {string | undefined} */
export function findChromium() {
  if (env.TRACECONV_CHROMIUM) return env.TRACECONV_CHROMIUM;
  const ending = platform === 'win32' ? '.exe' : '';
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name + ending)));
  return [...onPath, ...(ELSEWHERE[platform] ?? []), chromium.executablePath()].find(isExecutable);
}

/** @returns {string | undefined} why there is none */
function install() {
  const ways = [installDebian, installPlaywright];
  for (const way of ways) {
    way();
    if (findChromium() !== undefined) return undefined;
  }
  return 'neither a package of the system nor Playwright brought one (out of reach?)';
}

function installDebian() {
  if (platform !== 'linux' || getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log('installing chromium with apt-get');
  const quiet = { stdio: 'ignore', timeout: 600_000, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
  const words = ['install', '-y', '--no-install-recommends', 'chromium'];
  if (spawnSync('apt-get', words, quiet).status === 0) return;
  spawnSync('apt-get', ['update'], quiet);
  spawnSync('apt-get', words, quiet);
}

function installPlaywright() {
  console.log('installing the chromium of playwright');
  const folder = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  try {
    const words = [join(folder, 'cli.js'), 'install', '--no-shell', 'chromium'];
    execFileSync(execPath, words, { stdio: 'ignore', timeout: 600_000 });
  } catch {
    // Told by whoever looks for it next.
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const found = findChromium();
  const missing = found !== undefined ? undefined : argv.includes('--install') ? install() : 'none is installed';
  console.log(
    missing === undefined
      ? `tests of the viewer run in ${findChromium()}`
      : `no Chromium: ${missing}; tests of the viewer are skipped (TRACECONV_CHROMIUM may name one)`,
  );
}
