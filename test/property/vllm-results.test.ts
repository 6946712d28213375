// However requests went, the figures worked out of them are those of Python's standard library; however a result is damaged,
// it gives a sound Timeline or an InputError.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviation, InputError, mean, quantile } from '../../src/base/index.ts';
import { titledCaptures } from '../support/fixtures.ts';
import { measurementsIn } from '../support/measurements.ts';
import { diagnosticCounts, readFiles, readText } from '../support/reading.ts';

const seed = 20260901;
const PERCENTS = [50, 90, 95, 99];
/** Cut points between hundredths are percentiles by linear interpolation; of one value Python has none. */
const PYTHON = `
import json, statistics, sys
def figures(values):
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return [statistics.fmean(values), statistics.pstdev(values)] + [cuts[p - 1] for p in (50, 90, 95, 99)]
print(json.dumps([figures(values) for values in json.load(sys.stdin)]))
`;
const seconds = fc.double({ min: 1e-6, max: 1000, noNaN: true });
const lists = fc.sample(fc.array(seconds, { minLength: 2, maxLength: 300 }), { seed, numRuns: 100 });

describe('statistics', () => {
  const python = spawnSync('python3', ['-c', PYTHON], { input: JSON.stringify(lists), encoding: 'utf8' });
  const isAbsent = python.error !== undefined;
  if (isAbsent) console.warn('SKIPPED: statistics against those of Python: no python3');

  test.skipIf(isAbsent)('of random times are those of Python', () => {
    const expected: unknown = JSON.parse(python.stdout);
    const found = lists.map((list) => {
      const sorted = Float64Array.from(list).sort();
      return [mean(sorted), deviation(sorted, 'all'), ...PERCENTS.map((percent) => quantile(sorted, percent / 100))];
    });
    expect(found.length).toBe(100);
    const close = (expected as number[][]).map((figures, i) =>
      figures.every((value, j) => Math.abs(found[i][j] - value) <= 1e-9 * Math.max(value, 1e-6)),
    );
    expect(close.indexOf(false)).toBe(-1);
  });

  test('percentiles lie between their neighbours and rise', () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1, maxLength: 50 }), fc.nat(1000), (list, tenths) => {
        const sorted = Float64Array.from(list).sort();
        const value = quantile(sorted, tenths / 1000);
        const at = ((sorted.length - 1) * tenths) / 1000;
        expect(value).toBeGreaterThanOrEqual(sorted[Math.floor(at + 1e-9)] * (1 - 1e-12));
        expect(value).toBeLessThanOrEqual(sorted[Math.ceil(at - 1e-9)] * (1 + 1e-12));
      }),
      { seed, numRuns: 300 },
    );
  });
});

const request = fc.record({
  isFailed: fc.boolean(),
  ttft: fc.integer({ min: 1, max: 1e6 }),
  itls: fc.array(fc.integer({ min: 1, max: 1e6 }), { maxLength: 6 }),
  input: fc.nat(5000),
});

describe('results with lists', () => {
  test('have the figures of the requests that came to their end, and agree with themselves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 20 }), async (requests) => {
        const done = requests.filter(({ isFailed }) => !isFailed);
        const output = done.reduce((sum, { itls }) => sum + itls.length + 1, 0);
        const text = JSON.stringify({
          ...{
            duration: 2.5,
            completed: done.length,
            request_throughput: done.length / 2.5,
            total_output_tokens: output,
          },
          ttfts: requests.map(({ isFailed, ttft }) => (isFailed ? 0 : ttft / 1e6)),
          itls: requests.map(({ isFailed, itls }) => (isFailed ? [] : itls.map((us) => us / 1e6))),
          output_lens: requests.map(({ isFailed, itls }) => (isFailed ? 0 : itls.length + 1)),
          input_lens: requests.map(({ input }) => input),
          errors: requests.map(({ isFailed }) => (isFailed ? 'refused' : '')),
        });
        const { timeline, diagnostics } = await readText('vllm-result-json', text);
        const [{ metrics }] = measurementsIn(timeline.tables);
        expect(metrics['requests.failed']).toBe(requests.length - done.length);
        expect(metrics.output_tok_s).toBeCloseTo(output / 2.5, 9);
        const ttfts = done.map(({ ttft }) => ttft * 1000);
        if (ttfts.length > 0) expect(metrics['ttft.max']).toBeCloseTo(Math.max(...ttfts), 3);
        else expect(metrics).not.toHaveProperty('ttft.max');
        expect(diagnosticCounts(diagnostics).figures_disagree).toBeUndefined();
      }),
      { seed, numRuns: 100 },
    );
  });
});

const captures = titledCaptures()
  .filter(({ capture }) => capture.readerId.startsWith('vllm-result-'))
  .flatMap(({ title, capture }) =>
    capture.files.map(({ path, bytes }) => ({ title: `${title}: ${path}`, capture, bytes })),
  );

/** readFiles checks the integrity of whatever it gives. */
async function expectSound(readerId: string, bytes: Uint8Array, chunkBytes = 1 << 20): Promise<void> {
  try {
    const { timeline } = await readFiles(readerId, [{ path: 'damaged', bytes }], { chunkBytes });
    const metrics = measurementsIn(timeline.tables).flatMap((each) => Object.values(each.metrics));
    expect(metrics.every(Number.isFinite)).toBe(true);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.at.offset).toBeGreaterThanOrEqual(0);
    expect(error.at.offset).toBeLessThanOrEqual(bytes.length);
    expect(error.expected).not.toBe('');
  }
}

test('there are results to damage', () => {
  expect(captures.length).toBeGreaterThan(12);
});

describe.each(captures)('$title', { timeout: 20_000 }, ({ capture: { readerId }, bytes }) => {
  test('cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), (size) => expectSound(readerId, bytes.slice(0, size))),
      { seed, numRuns: 40 },
    );
  });

  test('with any bytes changed', async () => {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 500 }),
        (changes, size) => {
          const damaged = bytes.slice();
          for (const [at, byte] of changes) damaged[at] = byte;
          return expectSound(readerId, damaged, size);
        },
      ),
      { seed, numRuns: 60 },
    );
  });

  test('with structure where there was none', async () => {
    const inserted = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '\0',
      '}]',
      '},{',
      '-',
      '1e999',
      '\n',
      '\r',
      '====',
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), inserted, (at, text) => {
        const inside = new TextEncoder().encode(text);
        return expectSound(readerId, Uint8Array.from([...bytes.slice(0, at), ...inside, ...bytes.slice(at)]));
      }),
      { seed, numRuns: 60 },
    );
  });
});

test('random bytes are refused or read', async () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((text) => new TextEncoder().encode(`{"completed":1,"request_throughput":2,"x":${text}}`)),
  );
  const reader = fc.constantFrom('vllm-result-json', 'vllm-result-csv', 'vllm-result-text');
  await fc.assert(
    fc.asyncProperty(anyBytes, reader, (bytes, id) => expectSound(id, Uint8Array.from(bytes))),
    { seed, numRuns: 300 },
  );
});
