// Every number and label of a benchmark result against what its generator knows to be in it.
import { describe, expect, test } from 'vitest';
import { fixtureTruth, titledCaptures } from '../support/fixtures.ts';
import { measurementsIn, type PlainMeasurement, sampleCounts } from '../support/measurements.ts';
import { readFiles } from '../support/reading.ts';

interface ResultTruth {
  readonly path: string;
  readonly measurements: readonly (PlainMeasurement & { readonly samples: Readonly<Record<string, number>> })[];
}

const captures = titledCaptures().flatMap(({ title, capture }) => {
  const { results } = fixtureTruth<{ results?: readonly ResultTruth[] }>(capture.readerId, capture.caseName);
  return results === undefined ? [] : [{ title, capture, results }];
});

test('there are results of all three kinds', () => {
  expect(new Set(captures.map(({ capture }) => capture.readerId)).size).toBe(3);
});

describe.each(captures)('$title', ({ capture, results }) => {
  test.each(results)('$path', async ({ path, measurements }) => {
    const { timeline } = await readFiles(capture.readerId, capture.files);
    const found = measurementsIn(timeline.tables, path);
    expect(found.map(({ labels }) => labels)).toEqual(measurements.map(({ labels }) => labels));
    measurements.forEach(({ labels, metrics, samples }, i) => {
      expect(Object.keys(found[i].metrics).sort()).toEqual(Object.keys(metrics).sort());
      for (const [id, value] of Object.entries(metrics)) {
        const error = Math.abs(found[i].metrics[id] - value) / Math.max(1, Math.abs(value));
        expect(error, `${id}: ${found[i].metrics[id]} for ${value}`).toBeLessThan(1e-9);
      }
      expect(sampleCounts(timeline.tables, labels, path)).toEqual(samples);
    });
  });

  test('and of no other file', async () => {
    const { timeline } = await readFiles(capture.readerId, capture.files);
    const paths = new Set(timeline.tables.map(({ path }) => path));
    expect([...paths].sort()).toEqual(results.map(({ path }) => path).sort());
  });

  test('and the same however the file arrives', async () => {
    const whole = await readFiles(capture.readerId, capture.files);
    const inPieces = await readFiles(capture.readerId, capture.files, { chunkBytes: 7 });
    expect(measurementsIn(inPieces.timeline.tables)).toEqual(measurementsIn(whole.timeline.tables));
  });
});
