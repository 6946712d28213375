// The WebAssembly twin for rows of op tables against the TypeScript reader, which is its specification: same timeline,
// same diagnostics, on whatever comes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { titledCaptures } from '../support/fixtures.ts';
import { damage } from '../support/odd-events.ts';
import { anyTable } from '../support/odd-tables.ts';
import { type Outcome, outcome } from '../support/outcome.ts';
import type { TestFile } from '../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesLike } from '../support/samples.ts';
import { seededRandom } from '../support/seeded-random.ts';

const READER = 'ascend-op-csv';
const WHOLE = 1 << 24;
const CHUNKS = [1, 7, 4096, WHOLE];
const LARGEST_BYTE_BY_BYTE = 200_000;
const DAMAGES = 80;

noticeWhenAbsent('both engines on real op tables');

/** Types made of names are numbered when their rows are taken, so only which strings there are is the same. */
async function outcomeOf(
  files: readonly TestFile[],
  engine: 'wasm' | 'typescript',
  chunkBytes: number,
): Promise<Outcome> {
  const found = await outcome(READER, files, { engine }, chunkBytes);
  return { ...found, strings: found.strings.split('|').sort().join('|') };
}

async function expectSame(files: readonly TestFile[], what: string, chunks: readonly number[]): Promise<void> {
  const expected = await outcomeOf(files, 'typescript', WHOLE);
  for (const chunkBytes of chunks) {
    const found = await outcomeOf(files, 'wasm', chunkBytes);
    expect(found, `${what}, chunks of ${chunkBytes}`).toEqual(expected);
  }
}

const encoder = new TextEncoder();

describe('every fixture', () => {
  const captures = titledCaptures().filter(({ capture }) => capture.readerId === READER);

  test.each(captures)('$title', async ({ title, capture: { files } }) => {
    await expectSame(files, title, CHUNKS);
  });

  test.each(captures)('$title, damaged', async ({ capture: { files } }) => {
    const random = seededRandom(files[0].bytes.length);
    for (let k = 0; k < DAMAGES; k++) {
      const damaged = files.map(({ path, bytes }) => ({
        path,
        bytes: damage(bytes.subarray(0, 30_000), random.below),
      }));
      await expectSame(damaged, `damage ${k}`, [4096]);
    }
  });

  test('all in one capture, as if they were its parts', async () => {
    const files = captures.flatMap(({ capture }) => capture.files);
    await expectSame([...files, files[0]], 'all', [4096, WHOLE]);
  });
});

describe('every sample', { timeout: 120_000 }, () => {
  test.each(samplesLike(/(op_summary|kernel_details)[^/]*\.csv$/))('%s', async (path) => {
    const bytes = readSample(path);
    const chunks = bytes.length > LARGEST_BYTE_BY_BYTE ? [4096 * 16 + 1, WHOLE] : CHUNKS;
    await expectSame([{ path, bytes }], path, chunks);
  });
});

test('odd tables, in any mixture', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyTable, fc.constantFrom(...CHUNKS), async (table, chunkBytes) => {
      await expectSame([{ path: 'op_summary.csv', bytes: encoder.encode(table) }], 'a mixture', [chunkBytes]);
    }),
    { numRuns: 400, seed: 31 },
  );
});

test('a row larger than the memory of the scanner, and a quoted cell of many lines, among others', async () => {
  const header = 'Name,Accelerator Core,Start Time(us),Duration(us)\n';
  const usual = 'op,AI_CORE,1787504006856664.005,1.5\n'.repeat(30);
  const long = `${'x'.repeat(6 << 20)},AI_CORE,1787504006856664.005,1.5\n`;
  const quoted = `"${'y\n'.repeat(300_000)}",AI_CORE,1787504006856664.005,1.5\n`;
  const bytes = encoder.encode([header, usual, long, usual, quoted, usual].join(''));
  await expectSame([{ path: 'kernel_details.csv', bytes }], 'large cells', [1 << 16, WHOLE]);
});
