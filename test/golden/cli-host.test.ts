// What hosts do for their devices, as the command writes it: held against the slices that the generator planted.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freshFolder, PROJECT, textOf, traceconv } from './command.ts';

const FOLDER = join(PROJECT, 'fixtures', 'torch-kineto', 'cuda-2025');

interface Planted {
  readonly thread: string;
  readonly name: string;
  readonly startNs: string;
  readonly durNs: number;
}

const truth: { slices: Planted[]; span: { startNs: string } } = JSON.parse(
  readFileSync(join(FOLDER, 'truth.json'), 'utf8'),
);
const planted = (name: RegExp): Planted[] => truth.slices.filter((slice) => name.test(slice.name));
const onHost = ({ thread }: Planted): boolean => thread.startsWith('4711/');
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe.concurrent('the host, as the command writes it', () => {
  test('collapsed stacks hold every ns of the host once, at the frame that took it', async () => {
    const { exitCode, stdout } = await traceconv(['report', FOLDER, '--section', 'flame', '--format', 'collapsed']);
    expect(exitCode).toBe(0);
    const lines = textOf(stdout)
      .trimEnd()
      .split('\n')
      .map((line) => /^(.*) (\d+)$/.exec(line) ?? [])
      .map(([, stack, ns]) => ({ frames: stack.split(';'), ns: Number(ns) }));
    const ofSteps = lines.filter(({ frames: [root] }) => root === 'ProfilerStep').map(({ ns }) => ns);
    expect(sum(ofSteps)).toBe(
      sum(
        planted(/^ProfilerStep#/)
          .filter(onHost)
          .map(({ durNs }) => durNs),
      ),
    );
    // A call that launches has nothing below it.
    const launches = lines.filter(({ frames }) => frames.at(-1) === 'cudaLaunchKernel').map(({ ns }) => ns);
    expect(sum(launches)).toBe(sum(planted(/^cudaLaunchKernel$/).map(({ durNs }) => durNs)));
  });

  test('derived counters: the bandwidth of each copy while it runs, and queues that empty', async () => {
    const cwd = freshFolder();
    const { exitCode } = await traceconv([FOLDER, '-o', 'out.json', '--derived-counters'], { cwd });
    expect(exitCode).toBe(0);
    const { traceEvents }: { traceEvents: { ph: string; name: string; ts: number; args: Record<string, number> }[] } =
      JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8'));
    const samples = (name: string): [us: number, value: number][] =>
      traceEvents.filter((event) => event.ph === 'C' && event.name === name).map(({ ts, args }) => [ts, args[name]]);
    const copies = planted(/^Memcpy HtoD/).flatMap(({ startNs, durNs }) => {
      const fromUs = Number(BigInt(startNs) - BigInt(truth.span.startNs)) / 1000;
      return [
        [fromUs, 8.192],
        [fromUs + durNs / 1000, 0],
      ];
    });
    expect(copies.length).toBe(4);
    expect(samples('Bandwidth Memcpy HtoD')).toEqual(copies);
    const queue = samples('Queue length stream 7').map(([, waiting]) => waiting);
    expect([Math.min(...queue), Math.max(...queue), queue.at(-1)]).toEqual([0, 2, 0]);
  });
});
