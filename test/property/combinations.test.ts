// What a device did at each moment, against a count of the moments.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../src/analysis/analyse-run.ts';
import { COMBINATION_BITS, combinationsOf } from '../../src/analysis/combinations.ts';
import { WINDOW_RULES } from '../../src/analysis/index.ts';
import { plantedRun, type PlantedTime } from '../support/planted-run.ts';

const END = 100;
const times = fc.array(
  fc
    .tuple(fc.nat(END - 20), fc.nat(20))
    .map(([startNs, length]): PlantedTime => ({ startNs, endNs: startNs + length })),
  { maxLength: 8 },
);
const work = fc.record({ compute: times, communication: times, copies: times, waits: times });
const covers = (list: readonly PlantedTime[], at: number): boolean =>
  list.some(({ startNs, endNs }) => startNs <= at && at < endNs);

describe('the exclusive times of compute, communication and copy', () => {
  it('are those of a look at every moment of the window, and add up to it', async () => {
    await fc.assert(
      fc.asyncProperty(work, fc.constantFrom(...WINDOW_RULES), async (planted, window) => {
        const { compute, communication, copies, waits } = planted;
        const run = await plantedRun([
          {
            rank: 0,
            tasks: [
              // The start of time, so that the run's times are those planted here.
              { name: 'PROFILING_ENABLE', stream: 9, startNs: 0, endNs: 0, taskType: 'PROFILING_ENABLE' },
              ...compute.map((at, i) => ({ ...at, name: 'Add', stream: i % 3 })),
              ...copies.map((at) => ({ ...at, name: 'copy', stream: 7, taskType: 'MEMCPY_ASYNC' })),
              ...waits.map((at) => ({ ...at, name: 'EVENT_WAIT', stream: 8, taskType: 'EVENT_WAIT' })),
            ],
            collectives: communication.map((at) => ({ ...at, name: 'hcom_allReduce__1_0_1' })),
          },
        ]);
        const busy = [...compute, ...communication];
        const [device, ...others] = analyseRun(run, { window }).devices;
        expect(others).toEqual([]);
        if (busy.length === 0) {
          expect(device).toBeUndefined();
          return;
        }
        const all = window === 'first-to-last' ? busy : [...busy, ...copies, ...waits];
        const expected = new Array<number>(8).fill(0);
        const endNs = Math.max(...all.map((each) => each.endNs));
        for (let at = Math.min(...all.map(({ startNs }) => startNs)); at < endNs; at++) {
          const bits = [
            covers(compute, at) ? COMBINATION_BITS.compute : 0,
            covers(communication, at) ? COMBINATION_BITS.communication : 0,
            covers(copies, at) ? COMBINATION_BITS.copy : 0,
          ];
          expected[bits.reduce<number>((sum, bit) => sum + bit, 0)]++;
        }
        const { exclusiveNs } = combinationsOf(device);
        expect([...exclusiveNs]).toEqual(expected);
        expect(exclusiveNs.reduce((sum, ns) => sum + ns)).toBe(device.overlap.totals.windowNs);
      }),
      { seed: 20261121 },
    );
  });
});
