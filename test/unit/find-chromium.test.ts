// Where the browser of the tests comes from. Stand-ins take the places of the programs that would install one.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findChromium, installChromium, type Machine } from '../../scripts/find-chromium.mjs';
import { freshFolder } from '../golden/command.ts';

class StandIn implements Machine {
  readonly folder = freshFolder();
  readonly env = { PATH: this.folder };
  readonly isRoot: boolean;
  readonly elsewhere = [join(this.folder, 'playwrights-own')];
  readonly playwright = join(this.folder, 'playwright.cjs');
  readonly said: string[] = [];
  readonly say = (line: string): void => void this.said.push(line.replace('installing ', ''));

  constructor({ isRoot = true } = {}) {
    this.isRoot = isRoot;
    this.playwrightBrings('');
  }

  program(name: string, script = 'exit 0'): string {
    const path = join(this.folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /** Notes what it was asked for; the script says how it ends. */
  aptGet(script: string): void {
    this.program('apt-get', `cd "${this.folder}"\necho "$@" >> asked\n${script}`);
  }

  playwrightBrings(name: string): void {
    const brings =
      name === '' ? '' : `fs.writeFileSync(${JSON.stringify(join(this.folder, name))}, '', { mode: 0o755 });`;
    const asks = `fs.appendFileSync(${JSON.stringify(join(this.folder, 'asked'))}, process.argv.slice(2).join(' ') + '\\n');`;
    writeFileSync(this.playwright, `const fs = require('node:fs'); ${asks} ${brings}`);
  }

  get asked(): string[] {
    const path = join(this.folder, 'asked');
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  }
}

const [INSTALL, OWN] = ['install -y --no-install-recommends chromium', 'install --no-shell chromium'];
const BRINGS = ': > chromium; /bin/chmod +x chromium';

describe.skipIf(process.platform === 'win32')('a browser is found', () => {
  it('by the name that was given, whatever else there is', () => {
    const machine = new StandIn();
    machine.program('chromium');
    expect(findChromium({ ...machine, env: { ...machine.env, TRACECONV_CHROMIUM: '/mine' } })).toBe('/mine');
  });

  it.each(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'])(
    'on the path: %s',
    (name) => {
      const machine = new StandIn();
      expect(findChromium(machine)).toBeUndefined();
      const program = machine.program(name);
      expect(findChromium(machine)).toBe(program);
    },
  );

  it('elsewhere, where the path has none that can be run', () => {
    const machine = new StandIn();
    writeFileSync(join(machine.folder, 'chromium'), '', { mode: 0o644 });
    const own = machine.program('playwrights-own');
    expect(findChromium(machine)).toBe(own);
  });
});

describe.skipIf(process.platform === 'win32')('where there is none', () => {
  it('root has it from the packages of Debian', () => {
    const machine = new StandIn();
    machine.aptGet(BRINGS);
    expect(installChromium(machine)).toBeUndefined();
    expect(machine.asked).toEqual([INSTALL]);
    expect(machine.said).toEqual(['chromium with apt-get']);
  });

  it('lists of packages that are old are brought up to date first', () => {
    const machine = new StandIn();
    machine.aptGet(`[ "$1" = update ] && : > updated\n[ -e updated ] || exit 100\n${BRINGS}`);
    expect(installChromium(machine)).toBeUndefined();
    expect(machine.asked).toEqual([INSTALL, 'update', INSTALL]);
  });

  it('others have the one of Playwright, and so has root where packages fail', () => {
    for (const isRoot of [false, true]) {
      const machine = new StandIn({ isRoot });
      machine.aptGet('exit 100');
      machine.playwrightBrings('playwrights-own');
      expect(installChromium(machine)).toBeUndefined();
      expect(machine.asked).toEqual(isRoot ? [INSTALL, 'update', INSTALL, OWN] : [OWN]);
    }
  });

  it('nobody without packages of Debian asks for them', () => {
    const machine = new StandIn();
    machine.playwrightBrings('playwrights-own');
    expect(installChromium(machine)).toBeUndefined();
    expect(machine.said).toEqual(['the chromium of playwright']);
  });

  it('it is said when nothing helps', () => {
    const machine = new StandIn();
    machine.aptGet('exit 100');
    expect(installChromium(machine)).toContain('out of reach');
    expect(machine.said).toEqual(['chromium with apt-get', 'the chromium of playwright']);
  });
});
