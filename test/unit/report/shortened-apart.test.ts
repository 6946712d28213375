// Names under one another that differ look different, however little room there is.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableLines } from '../../../src/report/text/table-lines.ts';
import { shortenedApart } from '../../../src/report/text/shortened-apart.ts';
import { unstyled } from '../../../src/report/text/style.ts';
import { displayWidth, shortened } from '../../../src/report/text/width.ts';
import { tableMarkup } from '../../../src/report/html/table-markup.ts';
import { textsFor } from '../../../src/report/texts.ts';
import { EXAMPLE } from '../../support/example-report.ts';

const CAPTURES = ['123.1700000000111', '456.1700000000222', '457.1700000000333'].map(
  (name) => `GPU 0 · node1_${name}.pt.trace.json`,
);

describe('names that would look alike', () => {
  test('are shown by what they differ in', () => {
    expect(shortenedApart(CAPTURES.slice(0, 2), 24)).toEqual(['GPU 0…123.1700000000111…', 'GPU 0…456.1700000000222…']);
    expect(shortenedApart(CAPTURES, 14)).toEqual(['…123.17000000…', '…456.17000000…', '…457.17000000…']);
    expect(shortenedApart(['kernel<float>(int)', 'kernel<float>(long)'], 14)).toEqual([
      'kernel<fl…int…',
      'kernel<f…long…',
    ]);
  });

  test('are so in terminals and on pages', () => {
    const longer = CAPTURES.map((name) =>
      name.replace('node1', `node1-${'x'.repeat(60)}`).replace('.pt', '.same-job.pt'),
    );
    const table = { columns: [{ id: 'device', kind: 'name' } as const], rows: longer.map((name) => [name]), shown: 3 };
    const texts = textsFor(EXAMPLE, 'en');
    const lines = tableLines(table, texts.columns, 24).slice(1).map(unstyled);
    expect(new Set(lines).size).toBe(3);
    const cells = tableMarkup(table, 'Totals', texts).text.match(/(?<=<span title="[^"]*">)[^<]*/g);
    expect(new Set(cells).size).toBe(3);
  });

  test('alone do not change how others are cut, and nothing is wider than its room', () => {
    expect(shortenedApart([CAPTURES[0], CAPTURES[0], 'short'], 20)).toEqual([
      shortened(CAPTURES[0], 20),
      shortened(CAPTURES[0], 20),
      'short',
    ]);
    const letter = fc.constantFrom('a', 'b', '算', '.', '(', ')');
    const name = fc.string({ unit: letter, maxLength: 30 });
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2, maxLength: 2 }),
        fc.integer({ min: 10, max: 24 }),
        (names, width) => {
          const shown = shortenedApart(names, width);
          expect(Math.max(...shown.map(displayWidth))).toBeLessThanOrEqual(width);
          expect(shown[0]).not.toBe(shown[1]);
        },
      ),
    );
  });
});
