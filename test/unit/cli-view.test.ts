import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { openBrowser, openerOf, tunnelCommand } from '../../src/cli/open-browser.ts';
import { addressOf } from '../../src/cli/view-address.ts';
import { parsePort, runsOf } from '../../src/cli/view.ts';
import { parseHost } from '../../src/server/listen-host.ts';
import { COMMAND, DECODE, freshFolder, traceconv } from '../golden/command.ts';

describe('the runs of a page', () => {
  it('are one, of all inputs', () => {
    expect(runsOf(['a', 'b', 'c'], {})).toEqual([{ name: 'a + 2', inputs: ['a', 'b', 'c'] }]);
  });

  it('are one per input of --base and --head, those to compare with first', () => {
    expect(runsOf([], { head: ['c'], base: ['a', 'b'] }).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it.each([
    [[], {}],
    [[], { base: ['a'] }],
    [['a'], { base: ['a'], head: ['b'] }],
  ])('have to be named: %j %j', (inputs, flags) => {
    expect(() => runsOf(inputs, flags)).toThrow('view');
  });
});

it('--port 0 is any that is free', () => {
  expect(parsePort('0')).toBe(0);
});

it.each(['65536', '-1', '1e3', 'http', ''])('--port %s is no port', (text) => {
  expect(() => parsePort(text)).toThrow('--port');
});

describe('a browser is opened', () => {
  it.each([
    ['darwin', {}, ['open']],
    ['linux', { DISPLAY: ':0' }, ['xdg-open']],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open']],
    ['linux', {}, undefined],
    ['linux', { DISPLAY: ':0', SSH_CONNECTION: '1.2.3.4 5 6.7.8.9 22' }, undefined],
  ] as const)('where there is a screen before the user: %s %j', (platform, env, opener) => {
    expect(openerOf(platform, env)).toEqual(opener);
  });
});

describe.skipIf(process.platform === 'win32')('the program of the desktop', () => {
  const ADDRESS = 'http://127.0.0.1:9417/?token=secret';
  const DESKTOPS = [
    ['linux', 'xdg-open', [ADDRESS]],
    ['darwin', 'open', [ADDRESS]],
    ['win32', 'cmd.exe', ['/d', '/c', 'start', '""', ADDRESS]],
  ] as const;
  const asked = (folder: string): string[] => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');

  /** The only program on the path; what it is asked for is noted. */
  function standIn(program: string, exitCode: number): { readonly folder: string; readonly env: NodeJS.ProcessEnv } {
    const folder = freshFolder();
    const script = `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/asked'\nexit ${exitCode}\n`;
    writeFileSync(join(folder, program), script, { mode: 0o755 });
    return { folder, env: { PATH: folder, DISPLAY: ':0' } };
  }

  it.each(DESKTOPS)('of %s, %s, is given the address', async (platform, program, words) => {
    const { folder, env } = standIn(program, 0);
    expect(await openBrowser(ADDRESS, platform, env)).toBe(true);
    expect(asked(folder)).toEqual(words);
  });

  it.each(DESKTOPS)('of %s, %s, is told to have failed', async (platform, program) => {
    const { folder, env } = standIn(program, 3);
    expect(await openBrowser(ADDRESS, platform, env)).toBe(false);
    expect(asked(folder)).toContain(ADDRESS);
  });

  it.each(DESKTOPS)('of %s may be missing', async (platform) => {
    expect(await openBrowser(ADDRESS, platform, { PATH: freshFolder(), DISPLAY: ':0' })).toBe(false);
  });

  it('is not looked for where there is no screen', async () => {
    const { env } = standIn('xdg-open', 0);
    expect(await openBrowser(ADDRESS, 'linux', { ...env, DISPLAY: undefined })).toBe(false);
  });
});

describe('over SSH', () => {
  const { username } = userInfo();

  it.each([
    ['1.2.3.4 55555 10.0.0.5 22', `ssh -N -L 9417:127.0.0.1:9417 ${username}@10.0.0.5`],
    ['1.2.3.4 55555 10.0.0.5 2222', `ssh -N -p 2222 -L 9417:127.0.0.1:9417 ${username}@10.0.0.5`],
    ['fe80::1 55555 fe80::2 22', `ssh -N -L 9417:127.0.0.1:9417 ${username}@fe80::2`],
  ])('%s: what to run at home', (connection, command) => {
    expect(tunnelCommand({ SSH_CONNECTION: connection }, '127.0.0.1', 9417)).toBe(command);
  });

  it('nothing is said elsewhere', () => {
    expect(tunnelCommand({}, '127.0.0.1', 9417)).toBeUndefined();
  });
});

it.each([
  ['127.0.0.1', 'http://127.0.0.1:1/?token=t'],
  ['::1', 'http://[::1]:1/?token=t'],
  ['[::1]', 'http://[::1]:1/?token=t'],
  ['FD00::A', 'http://[fd00::a]:1/?token=t'],
  ['node-7', 'http://node-7:1/?token=t'],
])('the address of a server that listens on %s', (host, address) => {
  expect(addressOf(parseHost(host), 1, 't')).toBe(address);
});

describe('--host', () => {
  it.each(['', ' ', 'a b', 'a/b', 'a?b', 'x@y', 'a:80', '127.0.0.1:80', '[::1]:80', 'fe80::1%eth0', '1.2.3.400'])(
    '%j is no host, least of all everywhere',
    (text) => {
      expect(() => parseHost(text)).toThrow('--host');
    },
  );

  it.each(['0', '0.0.0.0', '0x0', '::', '::0', '[::]'])('%s is everywhere, however it is written', (text) => {
    expect(parseHost(text)).toMatchObject({ isEverywhere: true, isLoopback: false });
  });

  it.each(['127.0.0.1', '127.1', 'localhost', 'LOCALHOST', '::1', '0:0::1'])('%s is this machine alone', (text) => {
    expect(parseHost(text)).toMatchObject({ isEverywhere: false, isLoopback: true });
  });
});

describe('traceconv view', () => {
  it.each([
    [['view'], 2, '--base'],
    [['view', '/no/such/trace.json'], 3, 'nothing of that name'],
    [['view', DECODE, '--range', '1ms..2ms'], 2, '--save'],
    [['view', '--save', 'x.html', '--base', DECODE, '--head', DECODE], 2, 'one run'],
    [['view', DECODE, '--save', 'x.html', '--range', '5s..6s'], 2, 'nothing happens then'],
    [['view', DECODE, '--no-open', '--host', '203.0.113.1'], 7, '--host'],
    [['view', DECODE, '--no-open', '--host', ''], 2, 'no address of a machine'],
  ])('%j ends with %i', async (words, exitCode, said) => {
    const ended = await traceconv(words);
    expect([ended.exitCode, ended.stderr]).toEqual([exitCode, expect.stringContaining(said)]);
  });

  it('prints the address alone on standard output and ends well with Ctrl-C', async () => {
    const env = { ...process.env, SSH_CONNECTION: '1.2.3.4 5 10.0.0.5 22' };
    const child = spawn(process.execPath, [COMMAND, 'view', DECODE], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const lines: string[] = [];
    createInterface(child.stdout).on('line', (line) => lines.push(line));
    while (!said.includes('712 slices')) await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(lines).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/)]);
    expect(said).toMatch(/ssh -N -L (\d+):127\.0\.0\.1:\1 /);
  });

  it('ends well while it is still reading', async () => {
    const child = spawn(process.execPath, [COMMAND, 'view', '-', '--no-open'], { stdio: ['pipe', 'pipe', 'pipe'] });
    await once(createInterface(child.stdout), 'line');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
