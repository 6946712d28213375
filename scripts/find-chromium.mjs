// Finds the Chromium or Chrome that the tests of the viewer run in, or gets one.
//
//   node scripts/find-chromium.mjs [--install]
//
// TRACECONV_CHROMIUM names one. Without any, --install asks Debian's packages where this is root on Debian or Ubuntu, else
// Playwright, for its own. Where neither helps, the tests in a browser are skipped: exit 0 with one line.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { argv, env, execPath, getuid, platform } from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const OF_SYSTEM = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  win32: [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].map((folder) =>
    join(folder ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
  ),
};
const PLAYWRIGHT = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');

/** This machine; tests have others. */
const HERE = {
  env,
  isRoot: getuid?.() === 0,
  elsewhere: [...(OF_SYSTEM[platform] ?? []), chromium.executablePath()],
  playwright: PLAYWRIGHT,
  say: console.log,
};

export function findChromium({ env, elsewhere } = HERE) {
  return env.TRACECONV_CHROMIUM || [...onPath(NAMES, env), ...elsewhere].find(isExecutable);
}

export function installChromium(machine = HERE) {
  for (const way of [installDebian, installPlaywright]) {
    way(machine);
    if (findChromium(machine) !== undefined) return undefined;
  }
  return 'neither a package of the system nor Playwright brought one (out of reach?)';
}

function installDebian({ env, isRoot, say }) {
  if (!isRoot || !onPath(['apt-get'], env).some(isExecutable)) return;
  say('installing chromium with apt-get');
  const quiet = { stdio: 'ignore', timeout: 600_000, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
  const words = ['install', '-y', '--no-install-recommends', 'chromium'];
  if (spawnSync('apt-get', words, quiet).status === 0) return;
  spawnSync('apt-get', ['update'], quiet);
  spawnSync('apt-get', words, quiet);
}

/** Whether it helped is told by looking again. */
function installPlaywright({ env, playwright, say }) {
  say('installing the chromium of playwright');
  spawnSync(execPath, [playwright, 'install', '--no-shell', 'chromium'], { stdio: 'ignore', timeout: 600_000, env });
}

function onPath(names, { PATH = '' }) {
  const ending = platform === 'win32' ? '.exe' : '';
  return PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name + ending)));
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
  const missing =
    found !== undefined ? undefined : argv.includes('--install') ? installChromium() : 'none is installed';
  console.log(
    missing === undefined
      ? `tests of the viewer run in ${findChromium()}`
      : `no Chromium: ${missing}; tests of the viewer are skipped (TRACECONV_CHROMIUM may name one)`,
  );
}
