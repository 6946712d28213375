// Every fixture of every reader, found through the registry: what is read from it, once for people to review in
// expected/, once against the ground truth that its generator wrote beside it.
import { describe, expect, test } from 'vitest';
import { HEAD_BYTES, readers } from '../../src/readers/index.ts';
import { dumpTimeline, NONE, type Timeline } from '../../src/timeline/index.ts';
import { captureTitle, type FixtureCapture, fixtureCaptures, fixtureTruth } from '../support/fixtures.ts';
import { plainInstants, plainSlices, rowNumbers } from '../support/plain-timeline.ts';
import { diagnosticLines, type ReadResult, readFiles } from '../support/reading.ts';

const ROWS_PER_TRACK = 12;
/** Args can be long; their bytes are compared with the file elsewhere. */
const LINE_CHARACTERS = 200;

const captures = fixtureCaptures().map((capture) => ({ title: captureTitle(capture), capture }));
const read = ({ readerId, files }: FixtureCapture, chunkBytes = 1 << 20): Promise<ReadResult> =>
  readFiles(readerId, files, { chunkBytes });

async function reviewText({ timeline, diagnostics }: ReadResult): Promise<string> {
  const dump = await dumpTimeline(timeline, { rowsPerTrack: ROWS_PER_TRACK });
  const lines = [...dump.trimEnd().split('\n'), '', ...diagnosticLines(diagnostics)];
  return `${lines.map((line) => (line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}…` : line)).join('\n')}\n`;
}

describe.each(captures)('$title', ({ title, capture }) => {
  test('reads as reviewed', async () => {
    await expect(await reviewText(await read(capture))).toMatchFileSnapshot(`expected/${title}.txt`);
  });

  test('is recognised under a name that says nothing', () => {
    for (const { bytes } of capture.files) {
      const head = bytes.subarray(0, HEAD_BYTES);
      const confidences = [...readers].map((reader) => [reader.id, reader.sniff('trace.json', head).confidence] as const);
      const best = Math.max(...confidences.map(([, confidence]) => confidence));
      expect(confidences.filter(([, confidence]) => confidence === best).map(([id]) => id)).toEqual([capture.readerId]);
    }
  });

  const whole = read(capture).then(async (result) => [await fullText(result), diagnosticLines(result.diagnostics)]);
  test.each([1, 7, 4096])('reads the same in chunks of %i bytes', async (chunkBytes) => {
    const result = await read(capture, chunkBytes);
    const [dump, diagnostics] = await whole;
    expect((await fullText(result)) === dump).toBe(true);
    expect(diagnosticLines(result.diagnostics)).toEqual(diagnostics);
  });
});

function fullText({ timeline }: ReadResult): Promise<string> {
  return dumpTimeline(timeline);
}

/** What the ground truth files of all cases may state; each case states a part of it. */
interface Truth {
  readonly ranks?: readonly RankTruth[];
  readonly slices?: readonly { readonly name: string; readonly startNs: string | number; readonly durNs: number }[];
  readonly counts?: Partial<Counts>;
  readonly span?: { readonly startNs: string | number; readonly endNs: string | number };
}

interface RankTruth {
  readonly files: readonly string[];
  readonly counts: Counts;
  readonly span: { readonly startNs: string; readonly endNs: string };
  readonly ops: Record<string, { kind: 'compute' | 'communication'; count: number; totalNs: number }>;
}

interface Counts {
  readonly slices: number;
  readonly zeroLengthSlices: number;
  readonly instants?: number;
  /** Events with phase C. Each holds one sample, unless counterValues says otherwise. */
  readonly counters: number;
  readonly counterValues?: number;
  readonly flowStarts: number;
  readonly flowEnds: number;
  readonly flowStartsWithoutEnd?: number;
  readonly flowEndsWithoutStart?: number;
  readonly arrows: number;
  readonly arrowsOnSlices?: number;
  readonly arrowsBackInTime?: number;
}

describe.each(captures)('the ground truth of $title', ({ capture }) => {
  const truth = fixtureTruth<Truth>(capture.readerId, capture.caseName);
  const rank = truth.ranks?.find(({ files }) => files.includes(capture.files[0].path));
  const counts = rank?.counts ?? truth.counts;
  const span = rank?.span ?? truth.span;
  const slices = truth.slices;

  test.runIf(counts !== undefined)('agrees on the counts', async () => {
    const { timeline } = await read(capture);
    const { counters: _, counterValues = counts?.counters, ...rest } = { ...counts };
    const found = countsOf(timeline);
    expect(found).toMatchObject(rest.events === undefined ? rest : omit(rest, 'events'));
    if (counterValues !== undefined) expect(found.counterValues).toBe(counterValues);
  });

  test.runIf(span !== undefined)('agrees on the first start and the last end of the slices', async () => {
    const { timeline } = await read(capture);
    expect(sliceSpan(timeline)).toEqual({ startNs: BigInt(span!.startNs), endNs: BigInt(span!.endNs) });
  });

  test.runIf(slices !== undefined)('agrees on every slice', async () => {
    const { timeline } = await read(capture);
    const found = plainSlices(timeline).map(({ name, startNs, durNs }) => [name, startNs, durNs] as const);
    const stated = slices!.map(({ name, startNs, durNs }) => [name, BigInt(startNs), durNs] as const);
    expect(found.sort(byStart)).toEqual(stated.sort(byStart));
  });

  test.runIf(rank !== undefined)('agrees on the count and the total time of every op', async () => {
    const { timeline } = await read(capture);
    const totals = opTotals(timeline);
    for (const [name, { kind, count, totalNs }] of Object.entries(rank!.ops)) {
      expect(totals.get(`${kind} ${name}`), name).toEqual({ count, totalNs });
    }
  });
});
