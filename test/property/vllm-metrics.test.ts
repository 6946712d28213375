// Histograms and counters of made-up servers against what these really saw; pages that are damaged anywhere.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketQuantile, InputError } from '../../src/base/index.ts';
import { titledCaptures } from '../support/fixtures.ts';
import { metricIn, readPage } from '../support/page-metrics.ts';
import { diagnosticCounts, readFiles } from '../support/reading.ts';

const seed = 20260805;

const bounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 })
  .map((all) => [...all.sort((a, b) => a - b), Number.POSITIVE_INFINITY]);
const values = fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 300 });
const share = fc.constantFrom(0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1);

test.each(['without', 'with'])(
  'the true quantile lies within the bounds, and so does the one that is told, %s a sum',
  (told) => {
    fc.assert(
      fc.property(bounds, values, share, (limits, observed, wanted) => {
        const cumulative = limits.map((bound) => observed.filter((value) => value <= bound).length);
        const sum = observed.reduce((all, value) => all + value, 0);
        const known = { bounds: limits, cumulative, ...(told === 'with' ? { sum } : {}) };
        const { value, low, high } = bucketQuantile(known, wanted)!;
        const sorted = [...observed].sort((a, b) => a - b);
        const place = (sorted.length - 1) * wanted;
        const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
        const between = below + (above - below) * (place - Math.floor(place));
        const nearest = sorted[Math.max(0, Math.ceil(sorted.length * wanted) - 1)];
        for (const each of [value, nearest, between]) {
          expect(each).toBeGreaterThanOrEqual(low);
          expect(each).toBeLessThanOrEqual(high);
        }
        if (Math.max(...observed) <= limits.at(-2)!) expect(high).toBeLessThan(Number.POSITIVE_INFINITY);
      }),
      { seed, numRuns: 2000 },
    );
  },
);

test('values that are all close to 0 in a wide bucket are not taken for half of it, where their sum is known', () => {
  const known = { bounds: [300, Number.POSITIVE_INFINITY], cumulative: [200, 200] };
  expect(bucketQuantile(known, 0.5)!.value).toBe(150);
  expect(bucketQuantile({ ...known, sum: 4 }, 0.5)!.value).toBeCloseTo(0.04, 3);
});

/** What a server does between two looks: count, perhaps after it was started anew. */
const stretches = fc.array(
  fc.record({
    restarts: fc.boolean(),
    tokens: fc.integer({ min: 0, max: 50 }),
    waits: fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 12 },
);

test('what is counted across restarts is all that came after them', async () => {
  let restartCount = 0;
  await fc.assert(
    fc.asyncProperty(stretches, fc.boolean(), async (all, saysStart) => {
      let [tokens, waits, start] = [7, [20, 300], 1_785_917_000];
      const sum = (list: readonly number[]): number => list.reduce((whole, each) => whole + each, 0);
      const page = (i: number): string => {
        const at = ` ${1_785_918_000_000 + i * 1000}\n`;
        const label = '{model_name="demo"';
        const cumulative = [50, 500, Number.POSITIVE_INFINITY].map(
          (bound) => waits.filter((each) => each <= bound).length,
        );
        return [
          saysStart ? `process_start_time_seconds ${start}` : '# nothing',
          `vllm:generation_tokens_total${label}} ${tokens}`,
          ...['0.05', '0.5', '+Inf'].map(
            (le, b) => `vllm:time_to_first_token_seconds_bucket${label},le="${le}"} ${cumulative[b]}`,
          ),
          `vllm:time_to_first_token_seconds_sum${label}} ${sum(waits) / 1000}`,
          `vllm:time_to_first_token_seconds_count${label}} ${waits.length}`,
        ]
          .map((line) => (line.startsWith('#') ? `${line}\n` : line + at))
          .join('');
      };
      let text = page(0);
      let [counted, restarts] = [0, 0];
      const seen: number[] = [];
      for (const [i, stretch] of all.entries()) {
        if (stretch.restarts) {
          // Without a start on the page a restart shows only where something has become less.
          if (!saysStart && (tokens <= stretch.tokens || waits.length === 0)) stretch.waits.length = 0;
          const shows = saysStart || stretch.tokens < tokens;
          if (!shows) return;
          [tokens, waits, start] = [0, [], start + 1000];
          restarts++;
        }
        tokens += stretch.tokens;
        waits = [...waits, ...stretch.waits];
        counted += stretch.tokens;
        seen.push(...stretch.waits);
        text += page(i + 1);
      }
      restartCount += restarts;
      const result = await readPage(text);
      expect(metricIn(result, 'tokens.output').value).toBe(counted);
      expect(diagnosticCounts(result.diagnostics).counter_reset ?? 0).toBe(restarts);
      if (seen.length > 0) {
        expect(metricIn(result, 'ttft.mean')).toMatchObject({ count: seen.length });
        expect(metricIn(result, 'ttft.mean').value).toBeCloseTo((sum(seen) / seen.length) * 1e6, -1);
      }
    }),
    { seed, numRuns: 300 },
  );
  expect(restartCount).toBeGreaterThan(100);
});

describe.each(titledCaptures().filter(({ capture }) => capture.readerId === 'vllm-metrics'))(
  '$title',
  ({ capture }) => {
    const bytes = capture.files[0].bytes.slice(0, 20_000);
    const PIECES = [
      '"',
      '\\',
      '{',
      '}',
      '\n',
      '# ',
      '\r\n',
      ' ',
      '\0',
      'NaN',
      '+Inf',
      '1e999',
      '-',
      '# TYPE ',
      'le="',
      '\ud800',
    ];

    async function expectSound(damaged: Uint8Array, chunkBytes: number): Promise<void> {
      try {
        await readFiles('vllm-metrics', [{ path: 'damaged.prom', bytes: damaged }], { chunkBytes });
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        expect(error.at.offset).toBe(0);
      }
    }

    test('damaged anywhere is read as far as it goes', { timeout: 60_000 }, async () => {
      const piece = fc.constantFrom(...PIECES).map((text) => new TextEncoder().encode(text));
      await fc.assert(
        fc.asyncProperty(
          fc.nat(bytes.length),
          fc.nat(200),
          fc.oneof(piece, fc.uint8Array({ maxLength: 4 }), fc.constant(bytes.slice(100, 400))),
          fc.integer({ min: 300, max: 5000 }),
          (at, cut, inserted, chunkBytes) =>
            expectSound(Uint8Array.from([...bytes.slice(0, at), ...inserted, ...bytes.slice(at + cut)]), chunkBytes),
        ),
        { seed, numRuns: 80 },
      );
    });

    test('cut in the middle of a line loses that line alone', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 3000, max: bytes.length }), async (size) => {
          const cut = bytes.slice(0, size);
          const { diagnostics } = await readFiles('vllm-metrics', [{ path: 'cut.prom', bytes: cut }]);
          const last = new TextDecoder().decode(cut.slice(cut.lastIndexOf(0x0a) + 1));
          const isSample = last !== '' && !last.startsWith('#');
          expect(diagnosticCounts(diagnostics).scrape_truncated ?? 0).toBe(isSample ? 1 : 0);
          expect(diagnosticCounts(diagnostics).sample_malformed ?? 0).toBe(0);
        }),
        { seed, numRuns: 40 },
      );
    });
  },
);
