// However a file is damaged, it gives a sound Timeline, or an InputError that points into the file.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/index.ts';
import { readers } from '../../src/readers/index.ts';
import { titledCaptures } from '../support/fixtures.ts';
import { readFiles } from '../support/reading.ts';

const seed = 20260825;
/** Enough of a fixture to have every kind of event, and little enough to read it hundreds of times. */
const MOST_BYTES = 20_000;

/** What is damaged in folders that are read as a whole, has tests of its own. */
const ofFiles = titledCaptures().filter(({ capture }) => readers.get(capture.readerId)?.isWholeFolder !== true);
const captures = ofFiles.map(({ title, capture }) => ({
  title,
  readerId: capture.readerId,
  bytes: capture.files[0].bytes.slice(0, MOST_BYTES),
}));

/** readFiles checks the integrity of whatever it gives. */
async function expectSound(readerId: string, bytes: Uint8Array, chunkBytes = 1 << 20): Promise<void> {
  try {
    await readFiles(readerId, [{ path: 'damaged.json', bytes }], { chunkBytes });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.at.offset).toBeGreaterThanOrEqual(0);
    expect(error.at.offset).toBeLessThanOrEqual(bytes.length);
    expect(error.expected).not.toBe('');
  }
}

describe.each(captures)('$title', { timeout: 20_000 }, ({ readerId, bytes }) => {
  test('cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), (size) => expectSound(readerId, bytes.slice(0, size))),
      { seed, numRuns: 60 },
    );
  });

  test('with any bytes changed', async () => {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 500, max: 5000 }),
        (changes, chunkBytes) => {
          const damaged = bytes.slice();
          for (const [at, byte] of changes) damaged[at] = byte;
          return expectSound(readerId, damaged, chunkBytes);
        },
      ),
      { seed, numRuns: 80 },
    );
  });

  test('with a piece of it missing or doubled', async () => {
    const piece = fc.tuple(fc.nat(bytes.length), fc.nat(300), fc.boolean());
    await fc.assert(
      fc.asyncProperty(piece, ([at, size, doubled]) => {
        const after = bytes.slice(doubled ? Math.max(0, at - size) : at + size);
        return expectSound(readerId, Uint8Array.from([...bytes.slice(0, at), ...after]));
      }),
      { seed, numRuns: 40 },
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
      '"}',
      '-',
      '1e999',
      '\\ud800',
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), inserted, (at, text) =>
        expectSound(
          readerId,
          Uint8Array.from([...bytes.slice(0, at), ...new TextEncoder().encode(text), ...bytes.slice(at)]),
        ),
      ),
      { seed, numRuns: 60 },
    );
  });
});

describe('random bytes and random JSON', () => {
  test('are refused or read', { timeout: 20_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((text) => new TextEncoder().encode(text)),
        ),
        (bytes) => expectSound('chrome-json', Uint8Array.from(bytes)),
      ),
      { seed, numRuns: 300 },
    );
  });

  test('as events, with any values in every field', { timeout: 20_000 }, async () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('1e999', '-1', 1e15, -1e15, 9e15, '9007199254740993', 1e12, 4.4e12, 8e12),
    );
    const phase = fc.constantFrom(...'XBEbenstfiICRMZ');
    const anyEvent = fc.record(
      {
        ph: phase,
        name: value,
        cat: value,
        ts: value,
        dur: value,
        pid: value,
        tid: value,
        id: value,
        id2: value,
        bp: value,
        bind_id: value,
        flow_in: value,
        flow_out: value,
        args: value,
      },
      { requiredKeys: ['ph'] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEvent, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('chrome-json', 'ascend-msprof-json'),
        (events, readerId) => expectSound(readerId, new TextEncoder().encode(JSON.stringify(events))),
      ),
      { seed, numRuns: 1000 },
    );
  });
});
