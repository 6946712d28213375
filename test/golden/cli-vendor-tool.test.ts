// Captures that a vendor's tool reads, by the command as it is shipped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { operatorCapture, standIn, WRITES_PFTRACE } from '../support/stand-in-tool.ts';
import { COMMAND, freshFolder, sliceCount, textOf, traceconv } from './command.ts';

describe.skipIf(process.platform === 'win32')("a vendor's tool", () => {
  const path = ['--vendor-tool-path', standIn(WRITES_PFTRACE).path];

  test('is named by inspect', async () => {
    const { exitCode, stdout } = await traceconv(['inspect', operatorCapture(), ...path]);
    expect(exitCode).toBe(0);
    expect(textOf(stdout)).toMatch(/TPU 3 · bigTpuProfile\n/);
    expect(textOf(stdout)).toContain('sophon-raw: read by bigTpuProfile: perfetto.pftrace');
  });

  test('gives what is converted', async () => {
    const { exitCode, stdout } = await traceconv([operatorCapture(), '-o', '-', '--to', 'chrome-json', ...path]);
    expect(exitCode).toBe(0);
    expect(sliceCount(textOf(stdout))).toBe(8);
  });

  test('that fails is a note, and the conversion goes on', async () => {
    const failing = standIn('process.exit(1);').path;
    const words = [operatorCapture(), '-o', '-', '--to', 'chrome-json', '--vendor-tool-path', failing];
    const { exitCode, stdout, stderr } = await traceconv(words);
    expect(exitCode).toBe(0);
    expect(sliceCount(textOf(stdout))).toBe(3);
    expect(stderr).toContain("the vendor's own tool did not read a capture");
  });

  test('that is always to be used and fails ends the command with 7 and what to do', async () => {
    const words = ['--vendor-tool', 'always', '--vendor-tool-path', '/nowhere/tool'];
    const { exitCode, stderr } = await traceconv(['inspect', operatorCapture(), ...words]);
    expect(exitCode).toBe(7);
    expect(stderr).toMatch(/hint: .*pip install bigTpuProfile/);
  });

  test('ends with the command, and its folder is gone', async () => {
    const started = join(freshFolder(), 'started');
    const tool = standIn(
      `fs.writeFileSync(${JSON.stringify(started)}, process.pid + ' ' + output); setInterval(() => {}, 1000);`,
    );
    const child = spawn(process.execPath, [COMMAND, 'inspect', operatorCapture(), '--vendor-tool-path', tool.path]);
    const ended = once(child, 'exit');
    await expect.poll(() => existsSync(started) && readFileSync(started, 'utf8'), { timeout: 20_000 }).toBeTruthy();
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    const [pid, folder] = readFileSync(started, 'utf8').split(/ (.*)/);
    expect(existsSync(folder)).toBe(false);
    await expect.poll(() => isRunning(Number(pid)), { timeout: 5_000 }).toBe(false);
  });
});

/** What has ended may still wait for a parent to ask for its exit code. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
