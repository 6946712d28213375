// Whatever the spelling of a trace, the Timeline says what the trace says.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dice, Speller } from '../support/json-spellings.ts';
import { argsTexts, plainInstants, plainSamples, plainSlices } from '../support/plain-timeline.ts';
import { type ReadResult, readFiles } from '../support/reading.ts';

const seed = 20260824;

/** Times in picoseconds: three digits finer than what is kept, so that rounding happens. */
interface ModelEvent {
  readonly kind: 'slice' | 'instant' | 'sample';
  readonly pid: string;
  readonly tid: string;
  readonly name: string;
  readonly category: string | undefined;
  readonly startPs: bigint;
  readonly durPs: bigint;
  readonly value: number;
  readonly args: Readonly<Record<string, unknown>>;
}

const EPOCH_PS = 1_736_408_883_688_177_930_000n;
const PS_PER_MICRO_DIGITS = 6;

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const key = fc.oneof(fc.nat(3).map(String), fc.constantFrom('2_1071532', '4376751100', 'worker'));
const event: fc.Arbitrary<ModelEvent> = fc.record({
  kind: fc.constantFrom('slice', 'slice', 'instant', 'sample'),
  pid: key,
  tid: key,
  name: text,
  category: fc.option(text, { nil: undefined }),
  startPs: fc.bigInt(0n, 50_000_000n).map((ps) => EPOCH_PS + ps),
  durPs: fc.oneof(fc.constant(0n), fc.bigInt(0n, 20_000_000n)),
  value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  args: fc.dictionary(text, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 }),
});

const PHASES = { slice: 'X', instant: 'i', sample: 'C' } as const;

function spell(each: ModelEvent, speller: Speller): string {
  const { kind, pid, tid, name, category, startPs, durPs, value, args } = each;
  const id = (digits: string): string =>
    /^\d+$/.test(digits) && speller.roll(2) === 0 ? digits : speller.string(digits);
  const members: [string, string][] = [
    ['ph', speller.string(PHASES[kind])],
    ['name', speller.string(name)],
    ['pid', id(pid)],
    ['tid', id(tid)],
    ['ts', speller.decimal(startPs, PS_PER_MICRO_DIGITS)],
  ];
  if (category !== undefined) members.push(['cat', speller.string(category)]);
  if (kind === 'slice') members.push(['dur', speller.decimal(durPs, PS_PER_MICRO_DIGITS)]);
  if (kind === 'sample') members.push(['args', speller.object([['v', JSON.stringify(value)]])]);
  else members.push(['args', JSON.stringify(args)]);
  return speller.object(members);
}

function document(events: readonly ModelEvent[], numbers: readonly number[]): Uint8Array {
  const speller = new Speller(numbers);
  const array = speller.array(events.map((each) => spell(each, speller)));
  const root =
    speller.roll(2) === 0
      ? array
      : speller.object([
          ['traceEvents', array],
          ['other', '[{"ph":"X"}]'],
        ]);
  return new TextEncoder().encode(`${speller.space()}${root}${speller.space()}`);
}

/** floor(x + 1/2) for what is never negative here. */
const roundedNs = (ps: bigint): bigint => (ps + 500n) / 1000n;

/** One line for each row, as the model says it should be. */
function expectedRows(events: readonly ModelEvent[]): string[] {
  return events
    .map(({ kind, tid, name, category, startPs, durPs, value, args }) => {
      const startNs = roundedNs(startPs);
      if (kind === 'sample') return line('sample', name, startNs, value + 0);
      if (kind === 'instant') return line('instant', `thread ${tid}`, name, startNs);
      const durNs = Number(roundedNs(startPs + durPs) - startNs);
      return line(
        'slice',
        `thread ${tid}`,
        name,
        category ?? null,
        startNs,
        durNs,
        Object.keys(args).length === 0 ? null : args,
      );
    })
    .sort();
}

async function foundRows({ timeline }: ReadResult): Promise<string[]> {
  const args = await argsTexts(timeline);
  return [
    ...plainSlices(timeline).map(({ track, name, category, startNs, durNs }, row) =>
      line('slice', track, name, category ?? null, startNs, durNs, args[row] === '' ? null : JSON.parse(args[row])),
    ),
    ...plainInstants(timeline).map(({ track, name, timeNs }) => line('instant', track, name, timeNs)),
    ...plainSamples(timeline).map(({ counter, timeNs, value }) =>
      line('sample', counter === 'events' ? '' : counter, timeNs, value + 0),
    ),
  ].sort();
}

function line(...values: unknown[]): string {
  return JSON.stringify(values, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

const read = (files: readonly Uint8Array[], chunkBytes: number): Promise<ReadResult> =>
  readFiles(
    'chrome-json',
    files.map((bytes, i) => ({ path: `part_${i}.json`, bytes })),
    { chunkBytes },
  );

describe('a trace of any events in any spelling', () => {
  test('reads as what it says, in chunks of any size', { timeout: 20_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 12 }),
        dice,
        fc.integer({ min: 1, max: 200 }),
        async (events, numbers, chunkBytes) => {
          const result = await read([document(events, numbers)], chunkBytes);
          expect(await foundRows(result)).toEqual(expectedRows(events));
          expect(result.diagnostics.lossCount).toBe(0);
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  test('in several files reads the same in whatever order the files come', { timeout: 20_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(event, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 }),
        dice,
        async (parts, numbers) => {
          const files = parts.map((events) => document(events, numbers));
          const forwards = await read(files, 4096);
          const backwards = await read(files.toReversed(), 4096);
          expect(await foundRows(backwards)).toEqual(await foundRows(forwards));
          expect(backwards.timeline.originNs).toBe(forwards.timeline.originNs);
          expect(backwards.timeline.endNs).toBe(forwards.timeline.endNs);
          expect(backwards.timeline.tracks.length).toBe(forwards.timeline.tracks.length);
        },
      ),
      { seed, numRuns: 150 },
    );
  });
});
