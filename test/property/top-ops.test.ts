// Figures of groups of ops against a count of the moments and of sorted lists, on generated runs.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { analyseRun } from '../../src/analysis/analyse-run.ts';
import { type OpGroup, topOps } from '../../src/analysis/index.ts';
import { nearestRanks } from '../../src/base/index.ts';
import { plantedRun, type PlantedTime } from '../support/planted-run.ts';

const seed = 20261121;
const END = 90;

interface Op extends PlantedTime {
  readonly name: string;
  readonly stream: number;
}
interface Device {
  readonly ops: readonly Op[];
  readonly collectives: readonly PlantedTime[];
}

const op = fc
  .record({
    name: fc.constantFrom('Add', 'Mul', 'Cast', 'AllReduceAivKernel', 'EVENT_WAIT'),
    stream: fc.nat(2),
    startNs: fc.nat(END - 30),
    length: fc.nat(30),
  })
  .map(({ length, ...rest }): Op => ({ ...rest, endNs: rest.startNs + length }));
const collective = fc.tuple(fc.nat(END - 30), fc.nat(30)).map(([startNs, length]) => ({
  ...{ startNs, endNs: startNs + length },
}));
const device = fc.record({ ops: fc.array(op, { maxLength: 14 }), collectives: fc.array(collective, { maxLength: 3 }) });

const within = (a: PlantedTime, b: PlantedTime): boolean => b.startNs <= a.startNs && a.endNs <= b.endNs;
const moments = Array.from({ length: END }, (_, at) => at);
const covers = (list: readonly PlantedTime[], at: number): boolean =>
  list.some(({ startNs, endNs }) => startNs <= at && at < endNs);
const unionNs = (list: readonly PlantedTime[]): number => moments.filter((at) => covers(list, at)).length;
const lengthOf = ({ startNs, endNs }: PlantedTime): number => endNs - startNs;
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** Only what nests in, or follows, all others of its stream is kept, as on one lane. */
function nested(ops: readonly Op[]): Op[] {
  const kept: Op[] = [];
  for (const each of ops) {
    const fits = kept.every(
      (other) =>
        other.stream !== each.stream ||
        other.endNs <= each.startNs ||
        each.endNs <= other.startNs ||
        within(each, other) !== within(other, each),
    );
    if (fits) kept.push(each);
  }
  return kept;
}

/** What counts, each under the key of its group. */
function counted({ ops, collectives }: Device): (Op & { readonly key: string })[] {
  const onRow = collectives.map((each) => ({ ...each, name: 'hcom_send__1_0_1', key: 'hcom_send', stream: -1 }));
  const onStreams = ops
    .filter(({ name }) => name !== 'EVENT_WAIT')
    .filter((each) => each.name !== 'AllReduceAivKernel' || !collectives.some((row) => within(each, row)));
  return [...onRow, ...onStreams.map((each) => ({ ...each, key: each.name }))];
}

function naive(devices: readonly Device[]): Partial<OpGroup>[] {
  const ofDevices = devices.map(counted);
  const busyNs = sum(ofDevices.map(unionNs));
  const rankOf = (sorted: readonly number[], percent: number): number =>
    sorted.find((_, i) => 100 * (i + 1) >= percent * sorted.length) ?? Number.NaN;
  return [...new Set(ofDevices.flat().map(({ key }) => key))].map((key) => {
    const groups = ofDevices.map((ops) => ops.filter((each) => each.key === key));
    const sorted = groups
      .flat()
      .map(lengthOf)
      .sort((a, b) => a - b);
    const totalNs = sum(sorted);
    return {
      ...{ key, count: sorted.length, totalNs, meanNs: totalNs / sorted.length },
      ...{ p50Ns: rankOf(sorted, 50), p95Ns: rankOf(sorted, 95), maxNs: Math.max(...sorted) },
      shareOfBusy: busyNs === 0 ? 0 : sum(groups.map(unionNs)) / busyNs,
    };
  });
}

function naiveSelfNs(devices: readonly Device[], key: string): number {
  const selfNs = devices.map((each) => {
    const ops = counted(each);
    const selfOf = (a: Op): number => {
      const inner = ops.filter((b) => a !== b && b.stream === a.stream && within(b, a) && !within(a, b));
      return lengthOf(a) - unionNs(inner);
    };
    return sum(ops.filter((op) => op.key === key && op.stream >= 0).map(selfOf));
  });
  return sum(selfNs);
}

async function groupsOf(devices: readonly Device[]): Promise<OpGroup[]> {
  const run = await plantedRun(
    devices.map(({ ops, collectives }, rank) => ({
      rank,
      tasks: ops.map((each) => ({ ...each, taskType: each.name === 'EVENT_WAIT' ? 'EVENT_WAIT' : 'AI_CORE' })),
      collectives: collectives.map((each) => ({ ...each, name: 'hcom_send__1_0_1' })),
    })),
  );
  return topOps(analyseRun(run), { by: 'type' });
}

const byKey = (a: Partial<OpGroup>, b: Partial<OpGroup>): number => ((a.key ?? '') < (b.key ?? '') ? -1 : 1);
const notEmpty = ({ ops, collectives }: Device): boolean => ops.length + collectives.length > 0;

describe('groups of ops', () => {
  it('have the figures of a count by hand, however ops overlap', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(device.filter(notEmpty), { minLength: 1, maxLength: 3 }), async (devices) => {
        const groups = await groupsOf(devices);
        expect(groups.map(({ totalNs }) => totalNs)).toEqual(
          groups.map(({ totalNs }) => totalNs).sort((a, b) => b - a),
        );
        expect(groups.toSorted(byKey)).toMatchObject(naive(devices).sort(byKey));
        for (const { selfNs, totalNs, shareOfBusy } of groups) {
          expect(selfNs).toBeGreaterThanOrEqual(0);
          expect(selfNs).toBeLessThanOrEqual(totalNs);
          expect(shareOfBusy).toBeLessThanOrEqual(1);
        }
      }),
      { seed, numRuns: 150 },
    );
  });

  it('have the self time of a count by hand where ops only nest or follow', async () => {
    const tidy = device.map(({ ops }) => ({ ops: nested(ops), collectives: [] })).filter(notEmpty);
    await fc.assert(
      fc.asyncProperty(fc.array(tidy, { minLength: 1, maxLength: 2 }), async (devices) => {
        for (const { key, selfNs } of await groupsOf(devices)) expect(selfNs, key).toBe(naiveSelfNs(devices, key));
      }),
      { seed, numRuns: 150 },
    );
  });
});

test('percentiles are those of the sorted list', () => {
  const values = fc.array(fc.oneof(fc.nat(5), fc.nat()), { minLength: 1, maxLength: 300 });
  const percents = fc
    .array(fc.integer({ min: 0, max: 100 }), { maxLength: 4 })
    .map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(values, percents, (list, asked) => {
      const sorted = list.toSorted((a, b) => a - b);
      const expected = asked.map((percent) => sorted[Math.max(0, Math.ceil((percent * list.length) / 100) - 1)]);
      expect(nearestRanks(Float64Array.from(list), asked)).toEqual(expected);
    }),
    { seed },
  );
});
