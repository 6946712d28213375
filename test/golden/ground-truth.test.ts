// What is read from a fixture against what its generator knows to be in it.
import { describe, expect, test } from 'vitest';
import {
  analyseRun,
  deviceOverlaps,
  hostFigures,
  type OverlapTotals,
  vendorFigures,
} from '../../src/analysis/index.ts';
import { NONE, type Timeline } from '../../src/timeline/index.ts';
import { fixtureTruth, titledCaptures } from '../support/fixtures.ts';
import { plainSlices, rowNumbers } from '../support/plain-timeline.ts';
import { readFiles } from '../support/reading.ts';
import { runOf } from '../support/runs.ts';

/** Each case states a part of this, for the whole case or by rank. */
interface Stated {
  readonly counts?: Partial<Record<CountName | 'counters' | 'events' | 'flowStarts', number>>;
  readonly span?: { readonly startNs: string | number; readonly endNs: string | number };
  readonly slices?: readonly { readonly name: string; readonly startNs: string | number; readonly durNs: number }[];
  readonly ops?: Readonly<Record<string, { kind: OpKind; count: number; totalNs: number }>>;
  /** From the first op to the last. */
  readonly window?: Window &
    Pick<OverlapTotals, 'computeNs' | 'communicationNs' | 'exposedCommunicationNs' | 'deviceIdleNs'>;
  readonly windowOfAllTasks?: Window & Pick<OverlapTotals, 'deviceIdleNs'>;
  /** Time on devices by the module of the operator that launched. */
  readonly moduleDeviceNs?: Readonly<Record<string, number>>;
  readonly vendorOverlapNs?: Readonly<Record<string, number>> | null;
}
interface Window {
  readonly startNs: string;
  readonly endNs: string;
}
type Truth = Stated & { readonly ranks?: readonly (Stated & { readonly files: readonly string[] })[] };

type OpKind = 'compute' | 'communication';
type CountName =
  | 'slices'
  | 'zeroLengthSlices'
  | 'instants'
  | 'counterValues'
  | 'flowEnds'
  | 'flowStartsWithoutEnd'
  | 'flowEndsWithoutStart'
  | 'arrows'
  | 'arrowsOnSlices'
  | 'arrowsBackInTime';

/** Truths of raw folders are lists of records, which another test goes through. */
const captures = titledCaptures().filter(({ capture }) => capture.readerId !== 'sophon-raw');

describe.each(captures)('$title', async ({ capture }) => {
  const truth = fixtureTruth<Truth>(capture.readerId, capture.caseName);
  const stated: Stated = truth.ranks?.find(({ files }) => files.includes(capture.files[0].path)) ?? truth;
  const { counts, span, slices, ops, window, windowOfAllTasks, moduleDeviceNs, vendorOverlapNs } = stated;
  const { timeline } = await readFiles(capture.readerId, capture.files);

  test('has the counts', () => {
    expect(counts).toBeDefined();
    // Every C event of these captures holds one sample, where the truth does not say otherwise.
    // Starts of several arrows at one time are one in the Timeline: its arrows and its loose ends are what counts.
    const { counters, events: _events, flowStarts: _starts, ...rest } = counts!;
    expect(countsOf(timeline)).toMatchObject({ counterValues: counters, ...rest });
  });

  if (span !== undefined) {
    test('has the first start and the last end', () => {
      const starts = plainSlices(timeline).map(({ startNs }) => startNs);
      const ends = plainSlices(timeline).map(({ startNs, durNs }) => startNs + BigInt(durNs));
      expect(inOrder(starts)[0]).toBe(BigInt(span.startNs));
      expect(inOrder(ends).at(-1)).toBe(BigInt(span.endNs));
    });
  }

  if (slices !== undefined) {
    test('has exactly the slices', () => {
      const found = plainSlices(timeline).map(({ name, startNs, durNs }) => `${startNs} +${durNs} ${name}`);
      expect(found.sort()).toEqual(slices.map((each) => `${each.startNs} +${each.durNs} ${each.name}`).sort());
    });
  }

  if (ops !== undefined) {
    test('has the count and the total time of every op', () => {
      const totals = opTotals(timeline);
      for (const [name, { kind, count, totalNs }] of Object.entries(ops)) {
        expect(totals.get(`${kind} ${name}`), name).toEqual({ count, totalNs });
      }
    });
  }

  if (window !== undefined && windowOfAllTasks !== undefined) {
    test.each([
      ['first-to-last', window],
      ['vendor-2026', { ...window, ...windowOfAllTasks }],
    ] as const)('has the busy and idle time of its device in the window %s', (rule, expected) => {
      const [overlap, ...others] = deviceOverlaps(runOf(timeline), rule);
      expect(others).toEqual([]);
      const { startNs, endNs, ...totals } = expected;
      const absolute = (offsetNs: number): string => `${timeline.originNs + BigInt(offsetNs)}`;
      expect([absolute(overlap.window.startNs), absolute(overlap.window.endNs)]).toEqual([startNs, endNs]);
      expect(overlap.totals).toMatchObject(totals);
    });
  }

  if (moduleDeviceNs !== undefined) {
    test('has the time of each module', () => {
      const groups = hostFigures(analyseRun(runOf(timeline))).launchedBy.filter(({ by }) => by === 'module');
      const told = groups.flatMap(({ name, deviceNs }) => (name === undefined ? [] : [[name, deviceNs] as const]));
      expect(Object.fromEntries(told)).toEqual(moduleDeviceNs);
    });
  }

  if (vendorOverlapNs !== undefined && vendorOverlapNs !== null) {
    test('knows which window its lanes of busy and free time rest on', () => {
      const figures = vendorFigures(runOf(timeline));
      expect(figures.map(({ vendorNs }) => vendorNs).sort()).toEqual(Object.values(vendorOverlapNs).sort());
      const offNs = (ofWindow?: { deviceIdleNs: number }): number =>
        Math.abs(vendorOverlapNs.Free - (ofWindow?.deviceIdleNs ?? Number.NaN));
      const isWide = offNs(windowOfAllTasks) < offNs(window);
      for (const { figure, differenceNs, roundingNs, window: found } of figures) {
        expect(Math.abs(differenceNs!), figure).toBeLessThanOrEqual(roundingNs);
        expect(found).toBe(isWide ? 'vendor-2026' : 'first-to-last');
      }
    });
  }
});

function countsOf({ slices, instants, counters, flows }: Timeline): Record<CountName, number> {
  const rows = rowNumbers(flows.length);
  const hasStart = (row: number): boolean => flows.fromTrack[row] !== NONE;
  const hasEnd = (row: number): boolean => flows.toTrack[row] !== NONE;
  const arrows = rows.filter((row) => hasStart(row) && hasEnd(row));
  return {
    slices: slices.length,
    zeroLengthSlices: slices.durNs.filter((durNs) => durNs === 0).length,
    instants: instants.length,
    counterValues: counters.length,
    flowEnds: rows.filter(hasEnd).length,
    flowStartsWithoutEnd: rows.filter((row) => !hasEnd(row)).length,
    flowEndsWithoutStart: rows.filter((row) => !hasStart(row)).length,
    arrows: arrows.length,
    arrowsOnSlices: arrows.filter((row) => flows.fromSlice[row] !== NONE && flows.toSlice[row] !== NONE).length,
    arrowsBackInTime: arrows.filter((row) => flows.toNs[row] < flows.fromNs[row]).length,
  };
}

function opTotals({ slices, tracks, strings }: Timeline): Map<string, { count: number; totalNs: number }> {
  const totals = new Map<string, { count: number; totalNs: number }>();
  for (const row of rowNumbers(slices.length)) {
    const { kind } = tracks[slices.track[row]];
    if (kind !== 'stream' && kind !== 'communication') continue;
    const key = `${kind === 'stream' ? 'compute' : 'communication'} ${strings.get(slices.name[row])}`;
    const { count, totalNs } = totals.get(key) ?? { count: 0, totalNs: 0 };
    totals.set(key, { count: count + 1, totalNs: totalNs + slices.durNs[row] });
  }
  return totals;
}

function inOrder(values: readonly bigint[]): bigint[] {
  return values.toSorted((a, b) => Number(a - b));
}
