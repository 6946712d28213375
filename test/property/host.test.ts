// Queues, bandwidths and stacks against what counting ns by ns finds.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameShares, hostFlame, largestFrames, readingOrder } from '../../src/analysis/index.ts';
import { analyseRun } from '../../src/analysis/analyse-run.ts';
import { emptyTimes } from '../../src/analysis/host/queue-length.ts';
import { lastOfMoments, meansOver, type RunningSum, runningSum } from '../../src/analysis/host/running-sum.ts';
import { NONE } from '../../src/timeline/index.ts';
import { hostSlice, kinetoText, launched } from '../support/kineto-events.ts';
import { readRun } from '../support/runs.ts';

const REACH = 40;
const part = fc.record({ rise: fc.nat(REACH), lasts: fc.nat(8), amount: fc.integer({ min: 1, max: 5 }) });
interface Part {
  readonly rise: number;
  readonly lasts: number;
  readonly amount: number;
}

const sumOf = (parts: readonly Part[], isWeighed: boolean): RunningSum =>
  runningSum(
    Float64Array.from(parts, ({ rise }) => rise),
    Float64Array.from(parts, ({ rise, lasts }) => rise + lasts),
    isWeighed ? Float64Array.from(parts, ({ amount }) => amount) : undefined,
  );

/** What holds from a moment to the next ns. */
const heldAt = (parts: readonly Part[], isWeighed: boolean, at: number): number =>
  parts.reduce((sum, { rise, lasts, amount }) => {
    const counts = rise <= at && at < rise + lasts;
    return counts ? sum + (isWeighed ? amount : 1) : sum;
  }, 0);

const windows = fc
  .record({ startNs: fc.nat(REACH), lasts: fc.integer({ min: 1, max: 30 }) })
  .map(({ startNs, lasts }) => ({ startNs, endNs: startNs + lasts }));

test('a sum over time is what holds at each moment, and never below 0', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.boolean(), (parts, isWeighed) => {
      const sum = sumOf(parts, isWeighed);
      const { at, value } = lastOfMoments(sum);
      expect([...at]).toEqual(
        [...new Set(parts.flatMap(({ rise, lasts }) => [rise, rise + lasts]))].sort((a, b) => a - b),
      );
      expect([...value]).toEqual([...at].map((each) => heldAt(parts, isWeighed, each)));
      expect(sum.value.every((each) => each >= 0)).toBe(true);
    }),
    { seed: 20261122, numRuns: 500 },
  );
});

test('means of parts of a window, and when nothing holds in it, are those of its ns', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), windows, fc.integer({ min: 1, max: 7 }), (parts, window, count) => {
      const sum = lastOfMoments(sumOf(parts, true));
      const ns = Array.from({ length: window.endNs - window.startNs }, (_, at) => window.startNs + at);
      const held = ns.map((at) => heldAt(parts, true, at));
      const partNs = ns.length / count;
      const means = meansOver(sum, window, count);
      for (let at = 0; at < count; at++) {
        const overlaps = held.map(
          (value, i) => value * Math.max(0, Math.min(i + 1, (at + 1) * partNs) - Math.max(i, at * partNs)),
        );
        expect(means[at]).toBeCloseTo(overlaps.reduce((all, each) => all + each, 0) / partNs, 9);
      }
      const empty = emptyTimes(sum, window);
      const isEmpty = ns.map((at) => [...empty.keys()].some((i) => i % 2 === 0 && empty[i] <= at && at < empty[i + 1]));
      expect(isEmpty).toEqual(held.map((value) => value === 0));
    }),
    { seed: 20261122, numRuns: 500 },
  );
});

interface Call {
  readonly name: string;
  readonly own: number;
  readonly kernel: number | undefined;
  readonly inside: readonly Call[];
}

const callOf = (inside: fc.Arbitrary<readonly Call[]>): fc.Arbitrary<Call> =>
  fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    own: fc.integer({ min: 1, max: 5 }),
    kernel: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    inside,
  });
const some = (each: fc.Arbitrary<Call>): fc.Arbitrary<readonly Call[]> => fc.array(each, { maxLength: 3 });
/** Up to four calls within one another. */
const call = callOf(some(callOf(some(callOf(some(callOf(fc.constant([]))))))));

interface Sums {
  count: number;
  hostNs: number;
  selfNs: number;
  deviceNs: number;
}

/** Lays calls out one behind the other, and adds up by path what each is made of. */
class Planted {
  readonly events: object[] = [];
  readonly sums = new Map<string, Sums>();
  #nowUs = 0;
  #kernels = 0;

  add({ name, own, kernel, inside }: Call, above: readonly string[]): { hostNs: number; deviceNs: number } {
    const [path, fromUs] = [[...above, name], this.#nowUs];
    const sums = this.#sumsOf(path);
    let deviceNs = 0;
    for (const each of inside) deviceNs += this.add(each, path).deviceNs;
    if (kernel !== undefined) deviceNs += this.#launch(kernel, path);
    this.#nowUs += own;
    this.events.push(hostSlice('cpu_op', name, [fromUs, this.#nowUs]));
    const hostNs = (this.#nowUs - fromUs) * 1000;
    sums.count++;
    sums.hostNs += hostNs;
    sums.selfNs += own * 1000;
    sums.deviceNs += deviceNs;
    return { hostNs, deviceNs };
  }

  #launch(kernelUs: number, above: readonly string[]): number {
    const [id, fromUs] = [++this.#kernels, this.#nowUs];
    this.#nowUs += 2;
    this.events.push(...launched(id, 'k', 7, [fromUs, fromUs + 2], [1e6 + 100 * id, 1e6 + 100 * id + kernelUs]));
    const sums = this.#sumsOf([...above, 'cudaLaunchKernel']);
    sums.count++;
    sums.hostNs += 2000;
    sums.selfNs += 2000;
    sums.deviceNs += kernelUs * 1000;
    return kernelUs * 1000;
  }

  #sumsOf(path: readonly string[]): Sums {
    const key = path.join(';');
    const sums = this.sums.get(key) ?? { count: 0, hostNs: 0, selfNs: 0, deviceNs: 0 };
    this.sums.set(key, sums);
    return sums;
  }
}

test('stacks put together have the times of all calls on their path', async () => {
  let launches = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 4 }), async (calls) => {
      const planted = new Planted();
      for (const each of calls) planted.add(each, []);
      const bytes = new TextEncoder().encode(kinetoText(planted.events));
      const flame = hostFlame(analyseRun(await readRun('torch-kineto', [{ path: 'rank.json', bytes }])));
      const paths: string[] = [];
      const found = new Map<string, Sums>();
      const order = readingOrder(flame, 'device');
      for (const frame of order) {
        const [parent, name] = [flame.parent[frame], flame.names.get(flame.name[frame])];
        paths[frame] = parent === NONE ? name : `${paths[parent]};${name}`;
        found.set(paths[frame], {
          ...{ count: flame.count[frame], hostNs: flame.hostNs[frame] },
          ...{ selfNs: flame.hostSelfNs[frame], deviceNs: flame.deviceNs[frame] },
        });
      }
      expect(found).toEqual(planted.sums);
      const chosen = largestFrames(frameShares(flame), 3);
      for (const frame of order)
        if (chosen[frame] === 1 && flame.parent[frame] !== NONE) expect(chosen[flame.parent[frame]]).toBe(1);
      launches += flame.launchedNs > 0 ? 1 : 0;
    }),
    { seed: 20261122, numRuns: 60 },
  );
  expect(launches).toBeGreaterThan(20);
});
