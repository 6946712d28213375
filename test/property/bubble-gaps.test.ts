// The gaps of small random devices against a sweep that looks at every nanosecond and every op.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseRun } from '../../src/analysis/analyse-run.ts';
import type { BubbleKind, DeviceBubbles } from '../../src/analysis/bubbles/bubble.ts';
import type { DeviceTasks } from '../../src/analysis/device-tasks.ts';
import { CLASS } from '../../src/analysis/op-class.ts';
import { WINDOW_RULES } from '../../src/analysis/overlap.ts';
import { NONE } from '../../src/timeline/index.ts';
import { plantedRun } from '../support/planted-run.ts';

const seed = 20261122;
const END = 90;
const THRESHOLD_NS = 4;

const span = fc
  .tuple(fc.nat(END - 12), fc.nat(12))
  .map(([startNs, lengthNs]) => ({ startNs, endNs: startNs + lengthNs }));
const spans = fc.array(span, { maxLength: 8 });
const device = fc.record({
  main: fc.array(span, { minLength: 1, maxLength: 8 }),
  side: spans,
  collectives: spans,
  waits: spans,
  copies: spans,
});

interface Gap {
  readonly startNs: number;
  readonly endNs: number;
}

/** Runs of moments that fit, whatever comes of the ends. */
function runsOf(fromNs: number, toNs: number, fits: (at: number) => boolean): Gap[] {
  const gaps: Gap[] = [];
  for (let at = fromNs; at < toNs; at++) {
    if (!fits(at)) continue;
    const startNs = at;
    while (at < toNs && fits(at)) at++;
    gaps.push({ startNs, endNs: at });
  }
  return gaps;
}

/** Bubbles that follow one another at once, of one stream, are one gap. */
function gapsOf({ length, startNs, durNs, stream }: DeviceBubbles): (Gap & { readonly stream: number })[] {
  const gaps: { startNs: number; endNs: number; stream: number }[] = [];
  for (let row = 0; row < length; row++) {
    const last = gaps.at(-1);
    if (last?.endNs === startNs[row] && last.stream === stream[row]) last.endNs += durNs[row];
    else gaps.push({ startNs: startNs[row], endNs: startNs[row] + durNs[row], stream: stream[row] });
  }
  return gaps;
}

const isOp = ({ opClass }: DeviceTasks, task: number): boolean =>
  opClass[task] === CLASS.compute || opClass[task] === CLASS.communication;
const runsAt = ({ startNs, endNs }: DeviceTasks, task: number, at: number): boolean =>
  startNs[task] <= at && at < endNs[task];

function expectedGaps(kind: BubbleKind, tasks: DeviceTasks, window: Gap): (Gap & { readonly stream: number })[] {
  const all = Array.from({ length: tasks.length }, (_, task) => task).filter((task) => isOp(tasks, task));
  if (kind !== 'stream') {
    const counts = (task: number): boolean => kind === 'device' || tasks.opClass[task] === CLASS.compute;
    const ops = all.filter(counts);
    const idle = runsOf(window.startNs, window.endNs, (at) => !ops.some((task) => runsAt(tasks, task, at)));
    return idle.map((gap) => ({ ...gap, stream: NONE }));
  }
  return tasks.streams
    .flatMap((_, stream) => {
      const ops = all.filter((task) => tasks.stream[task] === stream && tasks.endNs[task] > tasks.startNs[task]);
      const fromNs = Math.min(...ops.map((task) => tasks.startNs[task]));
      const toNs = Math.max(...ops.map((task) => tasks.endNs[task]));
      const gaps = runsOf(fromNs, toNs, (at) => !ops.some((task) => runsAt(tasks, task, at)));
      return gaps.map((gap) => ({ ...gap, stream }));
    })
    .sort((a, b) => a.startNs - b.startNs || b.endNs - a.endNs || a.stream - b.stream);
}

describe.each(['device', 'compute', 'stream'] as const)('gaps of kind %s', (kind) => {
  test.each(WINDOW_RULES)('are those of a sweep in the window %s, with the ops around them', async (window) => {
    await fc.assert(
      fc.asyncProperty(device, async ({ main, side, collectives, waits, copies }) => {
        const run = await plantedRun([
          {
            rank: 0,
            tasks: [
              ...main.map((at, n) => ({ ...at, name: `Main${n}`, stream: 2 })),
              ...side.map((at, n) => ({ ...at, name: `Side${n}`, stream: 3 })),
              ...waits.map((at) => ({ ...at, name: 'EVENT_WAIT', stream: 2, taskType: 'EVENT_WAIT_SQE' })),
              ...copies.map((at) => ({ ...at, name: 'MEMCPY_ASYNC', stream: 7, taskType: 'MEMCPY_ASYNC' })),
            ],
            collectives: collectives.map((at, n) => ({ ...at, name: `hcom_allReduce__1_${n}_1` })),
          },
        ]);
        const { devices } = analyseRun(run, { window, bubbleThresholdNs: THRESHOLD_NS, bubbleKinds: [kind] });
        const [{ tasks, overlap, bubbles }] = devices;
        const all = expectedGaps(kind, tasks, overlap.window);
        const lengthOf = (gaps: readonly Gap[]): number => gaps.reduce((sum, gap) => sum + gap.endNs - gap.startNs, 0);
        const [long, short] = [true, false].map((isLong) =>
          all.filter(({ startNs, endNs }) => endNs - startNs >= THRESHOLD_NS === isLong),
        );
        const [found] = bubbles;
        expect(gapsOf(found)).toEqual(long);
        expect(found.totalNs).toBe(lengthOf(all));
        expect([found.belowThresholdNs, found.belowThresholdCount]).toEqual([lengthOf(short), short.length]);
        if (kind !== 'compute') expectNeighbours(found, tasks);
      }),
      { seed, numRuns: 60 },
    );
  });
});

/** The one before ended when the gap began, the one after starts when it ends; at the edges there is none. */
function expectNeighbours({ length, startNs, durNs, before, after, stream }: DeviceBubbles, tasks: DeviceTasks): void {
  for (let row = 0; row < length; row++) {
    const all = Array.from({ length: tasks.length }, (_, task) => task).filter(
      (task) => isOp(tasks, task) && (stream[row] === NONE || tasks.stream[task] === stream[row]),
    );
    const hasLength = (task: number): boolean => tasks.endNs[task] > tasks.startNs[task];
    const earlier = all.filter((task) => hasLength(task) && tasks.endNs[task] === startNs[row]);
    const later = all.filter((task) => hasLength(task) && tasks.startNs[task] === startNs[row] + durNs[row]);
    expect(earlier.length === 0 ? [NONE] : earlier).toContain(before[row]);
    expect(later.length === 0 ? [NONE] : later).toContain(after[row]);
  }
}
