// Raw Sophon folders against what their generator planted: every record of every engine at its time, under its name.
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CaptureTruth } from '../../fixtures/generate/sophon/truth.ts';
import { fixtureTruth, titledCaptures } from '../support/fixtures.ts';
import { diagnosticCounts, readFiles } from '../support/reading.ts';
import { hostSlices, plantedLines, readLines } from '../support/sophon-captures.ts';

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
    expect(Object.fromEntries(readLines(timeline, truth))).toEqual(Object.fromEntries(plantedLines(truth)));
  });

  test('has the time of the host', () => {
    expect(hostSlices(timeline)).toEqual(truth.host);
  });

  test.runIf(truth.namedBy === 'commands')('counts records without commands', () => {
    const unmatched = truth.streams.reduce((sum, each) => sum + each.unmatched, 0);
    expect(diagnosticCounts(diagnostics).record_unmatched ?? 0).toBe(unmatched);
  });
});

function truthOf({ caseName, files }: (typeof captures)[number]['capture']): CaptureTruth {
  const truth = fixtureTruth<{ captures: Record<string, CaptureTruth> }>('sophon-raw', caseName);
  return truth.captures[dirname(files[0].path)];
}
