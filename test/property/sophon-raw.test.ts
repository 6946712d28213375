// Whatever runs on whatever chip, and whatever is lost on the way: the reader finds every record that was written, under its
// name and at its time, and counts what is missing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaptureShape, sophonCapture } from '../../fixtures/generate/sophon/capture.ts';
import { CHIP_FACTS, type ChipName } from '../../fixtures/generate/sophon/chips.ts';
import type { Faults } from '../../fixtures/generate/sophon/faults.ts';
import type { CaptureTruth } from '../../fixtures/generate/sophon/truth.ts';
import { readFiles } from '../support/reading.ts';
import {
  hostSlices,
  mostApartNs,
  plantedCommands,
  plantedLines,
  readCommands,
  readLines,
  testFiles,
} from '../support/sophon-captures.ts';

const seed = 20261122;
const CHIPS = Object.keys(CHIP_FACTS) as ChipName[];
const isBmprofile = (chip: ChipName): boolean => CHIP_FACTS[chip].folder === 'bmprofile';

const faults: fc.Arbitrary<Faults> = fc.record(
  {
    wraps: fc.constantFrom(0, 1, 2),
    lostPercent: fc.constantFrom(0, 5, 15),
    lostFirst: fc.nat(2),
    lostLast: fc.nat(2),
    swappedPercent: fc.constantFrom(0, 10),
    unusedRecords: fc.nat(3),
    withUnknownBlock: fc.boolean(),
  },
  { requiredKeys: [] },
);

function shapes(chip: ChipName): fc.Arbitrary<CaptureShape> {
  return fc
    .record({
      seed: fc.nat(1_000_000),
      cores: fc.integer({ min: 1, max: Math.min(3, CHIP_FACTS[chip].cores) }),
      launches: fc.array(fc.integer({ min: 3, max: 7 }), { minLength: 1, maxLength: 3 }),
      faults,
      withCopies: fc.boolean(),
    })
    .map(({ withCopies, ...shape }) => ({
      ...shape,
      chip,
      faults: solvable(shape.faults, chip, shape.cores, withCopies),
    }));
}

/** Faults after which it can be known what was lost. */
function solvable(planted: Faults, chip: ChipName, cores: number, withCopies: boolean): Faults {
  // Two overflows need pauses of seconds. Engines are taken to begin close to one another, and to do something between two.
  const all = planted.wraps === 2 ? { ...planted, lostFirst: 0, lostPercent: 0 } : planted;
  // Numbers alone tell records of a launch from those before it: what goes on where those end is taken for theirs.
  if (!isBmprofile(chip)) return { ...all, lostFirst: Math.min(1, all.lostFirst ?? 0) };
  if (withCopies && chip !== 'CV184X') return { ...all, lostFirst: 0, withCopies };
  // Cores are brought together by their first commands.
  return cores > 1 ? { ...all, lostFirst: 0 } : all;
}

async function read(shape: CaptureShape): Promise<Awaited<ReturnType<typeof readFiles>> & { truth: CaptureTruth }> {
  const { files, truth } = sophonCapture(shape);
  return { ...(await readFiles('sophon-raw', testFiles(files))), truth };
}

describe.each(CHIPS)('%s', { timeout: 60_000 }, (chip) => {
  const isApart = CHIP_FACTS[chip].counters === 'nothing';

  test('gives back every record', async () => {
    await fc.assert(
      fc.asyncProperty(shapes(chip), async (shape) => {
        const { timeline, diagnostics, truth } = await read(shape);
        const planted = plantedLines(truth);
        const found = readLines(timeline, truth);
        // Where clocks share nothing, what waits for what tells a window in which one belongs.
        for (const [stream, lines] of isApart ? planted : []) {
          const own = found.get(stream) ?? [];
          expect(own.map(nameOf), stream).toEqual(lines.map(nameOf));
          if (shape.launches.length === 1) expect(mostApartNs(own, lines), stream).toBeLessThan(2);
        }
        if (!isApart) expect(Object.fromEntries(found)).toEqual(Object.fromEntries(planted));
        if (truth.namedBy !== 'commands') return;
        expect(readCommands(timeline)).toEqual(plantedCommands(truth));
        expect(diagnostics.countOf('record_unmatched')).toBe(0);
      }),
      { seed, numRuns: 40 },
    );
  });

  test('shows the time of the host', async () => {
    const { timeline, truth } = await read({ seed, chip, launches: [3, 3, 3] });
    expect(hostSlices(timeline)).toEqual(truth.host);
    expect(truth.host.length).toBe(isBmprofile(chip) ? 3 : 0);
  });
});

describe('numbers', { timeout: 60_000 }, () => {
  test.each([
    ['of more than 16 bits go on', [16_500]],
    ['of launches as short as the pairs around them are told apart by what moved', [1, 2, 1]],
  ])('%s', async (_, launches) => {
    const { timeline, truth } = await read({ seed, chip: 'SG2260', cores: 1, launches });
    const [planted, found] = [plantedLines(truth), readLines(timeline, truth)];
    for (const [stream, lines] of planted) expect(found.get(stream)?.join('\n'), stream).toBe(lines.join('\n'));
  });
});

const nameOf = (line: string): string => line.split(' ').slice(2).join(' ');
