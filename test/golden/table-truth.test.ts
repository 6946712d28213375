// Every cell of the tables in a fixture against what its generator knows to be in it.
import { describe, expect, test } from 'vitest';
import { fixtureTruth, titledCaptures } from '../support/fixtures.ts';
import { plainRows } from '../support/plain-tables.ts';
import { readFiles } from '../support/reading.ts';

interface TableTruth {
  readonly path: string;
  readonly kind: string;
  /** Times as absolute ns in text. */
  readonly rows: readonly Readonly<Record<string, string | number>>[];
}

const captures = titledCaptures().flatMap(({ title, capture }) => {
  const { tables } = fixtureTruth<{ tables?: readonly TableTruth[] }>(capture.readerId, capture.caseName);
  return tables === undefined ? [] : [{ title, capture, tables }];
});

test('there are tables', () => {
  expect(captures.length).toBeGreaterThan(5);
});

describe.each(captures)('$title', ({ capture, tables }) => {
  test('holds these tables and no others', async () => {
    const { timeline } = await readFiles(capture.readerId, capture.files);
    const found = timeline.tables.map(({ path, kind }) => `${kind} ${path}`);
    expect(found.sort()).toEqual(tables.map(({ path, kind }) => `${kind} ${path}`).sort());
  });

  test.each(tables)('holds every cell of $kind in $path', async ({ path, kind, rows }) => {
    const { timeline } = await readFiles(capture.readerId, capture.files);
    const table = timeline.tables.find((each) => each.path === path && each.kind === kind)!;
    const found = plainRows(table);
    expect(found.length).toBe(rows.length);
    rows.forEach((row, i) => {
      expect(Object.keys(found[i]).sort(), `row ${i}`).toEqual(Object.keys(row).sort());
      for (const [column, value] of Object.entries(row)) {
        const cell = found[i][column];
        if (typeof value === 'number') expect(relativeError(cell, value), `${column} of row ${i}`).toBeLessThan(1e-9);
        else expect(String(cell), `${column} of row ${i}`).toBe(value);
      }
    });
  });
});

function relativeError(found: unknown, value: number): number {
  return typeof found === 'number' ? Math.abs(found - value) / Math.max(1, Math.abs(value)) : Number.NaN;
}
