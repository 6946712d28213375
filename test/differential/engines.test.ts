// The WebAssembly twin of the scanner against the TypeScript one, which is its specification: same timeline, same
// diagnostics, on whatever comes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newScannerInstance } from '../../src/bytes/wasm/scanner-module.ts';
import { traceEventCaptures } from '../support/fixtures.ts';
import { oddDocuments } from '../support/odd-documents.ts';
import { anyEvent, damage, USUAL } from '../support/odd-events.ts';
import { outcome } from '../support/outcome.ts';
import type { TestFile } from '../support/reading.ts';
import { ASCEND_TIMELINES, noticeWhenAbsent, readSample, samplesLike, TORCH_TRACES } from '../support/samples.ts';
import { seededRandom } from '../support/seeded-random.ts';

const CHUNKS = [1, 7, 4096, 1 << 20];
const LARGEST_BYTE_BY_BYTE = 300_000;
const DAMAGES = 60;

noticeWhenAbsent('both engines on real captures');

test('this machine runs the WebAssembly scanner, or all that follows says nothing', () => {
  expect(newScannerInstance()).toBeDefined();
});

describe('every fixture', () => {
  const captures = traceEventCaptures();
  test.each(captures)('$title', async ({ capture: { readerId, files } }) => {
    const expected = await outcome(readerId, files, { engine: 'typescript' }, 1 << 20);
    for (const chunkBytes of CHUNKS)
      expect(await outcome(readerId, files, { engine: 'wasm' }, chunkBytes)).toEqual(expected);
  });

  test.each(captures)('$title, damaged', async ({ capture: { readerId, files } }) => {
    const random = seededRandom(files[0].bytes.length);
    for (let k = 0; k < DAMAGES; k++) {
      const damaged = files.map(({ path, bytes }) => ({
        path,
        bytes: damage(bytes.subarray(0, 40_000), random.below),
      }));
      await expectSame(readerId, damaged, `damage ${k}`, 4096);
    }
  });
});

describe('every sample', { timeout: 300_000 }, () => {
  test.each([...samplesLike(ASCEND_TIMELINES), ...samplesLike(TORCH_TRACES)])('%s', async (path) => {
    const readerId = path.startsWith('ascend') ? 'ascend-msprof-json' : 'chrome-json';
    const files = [{ path, bytes: readSample(path) }];
    const expected = await outcome(readerId, files, { engine: 'typescript' }, 1 << 20);
    const chunks = files[0].bytes.length > LARGEST_BYTE_BY_BYTE ? [4096 * 16 + 1, 1 << 20] : CHUNKS;
    for (const chunkBytes of chunks) {
      const found = await outcome(readerId, files, { engine: 'wasm' }, chunkBytes);
      expect(found.seen === expected.seen && found.strings === expected.strings, `chunks of ${chunkBytes}`).toBe(true);
    }
  });
});

describe.each(['ascend-msprof-json', 'chrome-json'])('odd spellings for %s', (readerId) => {
  test.each(oddDocuments)('$title', async ({ text }) => {
    const inside = text.trim().replace(/^\[/, `[${USUAL.join(',')},`);
    for (const variant of [text, inside])
      await expectSame(readerId, [fileOf(variant)], variant.slice(0, 200), 7, 1 << 20);
  });

  test('in any mixture', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEvent, { minLength: 20, maxLength: 150, size: 'max' }),
        fc.constantFrom(...CHUNKS),
        async (events, chunkBytes) => {
          await expectSame(readerId, [fileOf(`[${[...USUAL, ...events].join(',')}]`)], 'a mixture', chunkBytes);
        },
      ),
      { numRuns: 200, seed: 20 },
    );
  });
});

test('an event larger than the memory of the scanner, among others', async () => {
  const long = `{"ph":"X","name":"long","pid":1,"tid":2,"ts":2000,"dur":1,"args":{"text":"${'x'.repeat(6 << 20)}"}}`;
  const text = `[${[...USUAL, long, ...USUAL, long].join(',\n')},${USUAL.join()}]`;
  await expectSame('chrome-json', [fileOf(text)], 'a long event', 1 << 16, 1 << 24);
});

async function expectSame(
  readerId: string,
  files: readonly TestFile[],
  what: string,
  ...chunks: number[]
): Promise<void> {
  const expected = await outcome(readerId, files, { engine: 'typescript' }, 1 << 20);
  for (const chunkBytes of chunks) {
    expect(await outcome(readerId, files, { engine: 'wasm' }, chunkBytes), `${what}, chunks of ${chunkBytes}`).toEqual(
      expected,
    );
  }
}

function fileOf(text: string): TestFile {
  return { path: 'trace.json', bytes: new TextEncoder().encode(text) };
}
