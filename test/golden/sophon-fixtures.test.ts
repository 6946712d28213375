// Raw Sophon folders against what their generator planted: every record of every engine at its time, under its name.
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CaptureTruth } from '../../fixtures/generate/sophon/truth.ts';
import { rawFactsOf } from '../../src/readers/sophon/raw-facts.ts';
import { fixtureTruth, titledCaptures } from '../support/fixtures.ts';
import { readFiles } from '../support/reading.ts';
import {
  hostSlices,
  mcuApartNs,
  mostApartNs,
  plantedCommands,
  plantedLines,
  readCommands,
  readLines,
} from '../support/sophon-captures.ts';

const captures = titledCaptures().filter(({ capture }) => capture.readerId === 'sophon-raw');

test('there are folders of every chip', () => {
  const chips = captures.map(({ capture }) => truthOf(capture).chip);
  expect([...new Set(chips)].sort()).toEqual(
    ['BM1684', 'BM1684X', 'BM1684X2', 'BM1688', 'CV184X', 'SG2260', 'SG2260E'].sort(),
  );
});

describe.each(captures)('$title', async ({ capture }) => {
  const truth = truthOf(capture);
  const { timeline, diagnostics } = await readFiles(capture.readerId, capture.files);

  test('has exactly the records that were written', () => {
    const [found, planted] = [readLines(timeline, truth), plantedLines(truth)];
    // Cycles of the BM1684 are no whole nanoseconds: where one engine's clock belongs is known to a part of one.
    if (truth.chip !== 'BM1684') expect(Object.fromEntries(found)).toEqual(Object.fromEntries(planted));
    for (const [stream, lines] of planted) {
      expect(found.get(stream)?.length, stream).toBe(lines.length);
      expect(mostApartNs(found.get(stream)!, lines), stream).toBeLessThan(2);
    }
  });

  test('has clocks that are brought together', () => {
    const { unalignedCores } = rawFactsOf({ readerId: 'sophon-raw', timeline })!;
    expect(unalignedCores).toEqual([]);
  });

  // It gives the first command 1000 to 600 ns before that runs, and stops waiting 200 ns after the last one is over.
  test.runIf(truth.namedBy !== 'notes')('has the notes of its microcontroller beside what it gave', () => {
    const apart = mcuApartNs(timeline);
    expect(apart.length > 0).toBe(['BM1684', 'BM1684X', 'BM1688'].includes(truth.chip));
    for (const [beforeNs, afterNs] of apart) {
      expect(beforeNs).toBeGreaterThan(500);
      expect(beforeNs).toBeLessThan(1500);
      expect(afterNs).toBeGreaterThan(-2);
      expect(afterNs).toBeLessThan(700);
    }
  });

  test('has the time of the host', () => {
    expect(hostSlices(timeline)).toEqual(truth.host);
  });

  test.runIf(truth.namedBy !== 'notes')('tells records of commands from those of the runtime', () => {
    expect(readCommands(timeline)).toEqual(plantedCommands(truth));
    expect(diagnostics.countOf('record_unmatched')).toBe(0);
  });
});

function truthOf({ caseName, files }: (typeof captures)[number]['capture']): CaptureTruth {
  const truth = fixtureTruth<{ captures: Record<string, CaptureTruth> }>('sophon-raw', caseName);
  return truth.captures[dirname(files[0].path)];
}
