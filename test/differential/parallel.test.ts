// Reading with several threads against reading with one: same timeline, same diagnostics, wherever the file is cut.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { traceEventCaptures } from '../support/fixtures.ts';
import { InlinePool } from '../support/inline-pool.ts';
import { oddDocuments } from '../support/odd-documents.ts';
import { anyEvent, damage, USUAL } from '../support/odd-events.ts';
import { outcome } from '../support/outcome.ts';
import type { TestFile } from '../support/reading.ts';
import { ASCEND_TIMELINES, noticeWhenAbsent, readSample, samplesLike, TORCH_TRACES } from '../support/samples.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** What is read before the threads come in. */
const HEAD_BYTES = 2000;
const CUTS = [300, 4096, 1 << 16];
const DAMAGES = 15;

noticeWhenAbsent('several threads on real captures');

async function expectSame(readerId: string, files: readonly TestFile[], what: string, cuts = CUTS): Promise<void> {
  const expected = await outcome(readerId, files, { engine: 'typescript' }, 1 << 20);
  for (const chunkBytes of cuts) {
    const options = { pool: new InlinePool(3), parallel: { fromBytes: 0, chunkBytes } };
    const found = await outcome(readerId, files, options, HEAD_BYTES);
    expect(found.seen === expected.seen, `${what}, chunks of ${chunkBytes}`).toBe(true);
  }
}

describe('every fixture', () => {
  const captures = traceEventCaptures();
  test.each(captures)('$title', async ({ capture: { readerId, files } }) => {
    await expectSame(readerId, files, 'undamaged');
  });

  test.each(captures)('$title, damaged', async ({ capture: { readerId, files } }) => {
    const random = seededRandom(files[0].bytes.length);
    for (let k = 0; k < DAMAGES; k++) {
      const damaged = files.map(({ path, bytes }) => ({
        path,
        bytes: damage(bytes.subarray(0, 40_000), random.below),
      }));
      await expectSame(readerId, damaged, `damage ${k}`, [1000, 8192]);
    }
  });
});

describe('every sample', { timeout: 300_000 }, () => {
  test.each([...samplesLike(ASCEND_TIMELINES), ...samplesLike(TORCH_TRACES)])('%s', async (path) => {
    const readerId = path.startsWith('ascend') ? 'ascend-msprof-json' : 'chrome-json';
    await expectSame(readerId, [{ path, bytes: readSample(path) }], path, [10_000, 1 << 18]);
  });
});

const MANY = Array.from({ length: 40 }, () => USUAL).flat();

describe.each(['ascend-msprof-json', 'chrome-json'])('odd spellings for %s', (readerId) => {
  test.each(oddDocuments)('$title', async ({ text }) => {
    const inside = text.trim().replace(/^\[/, `[${MANY.join(',')},`);
    await expectSame(readerId, [fileOf(inside)], inside.slice(-200), [333, 5000]);
  });

  test('in any mixture', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEvent, { minLength: 20, maxLength: 150, size: 'max' }),
        fc.integer({ min: 50, max: 4000 }),
        async (events, chunkBytes) => {
          const text = `[${[...MANY.slice(0, 20), ...events].join(',')}]`;
          await expectSame(readerId, [fileOf(text)], 'a mixture', [chunkBytes]);
        },
      ),
      { numRuns: 100, seed: 21 },
    );
  });
});

describe('what looks like events and is none', () => {
  const nested = '{"ph":"X","name":"fake","pid":9,"tid":9,"ts":5,"dur":5}';
  const withFakes = (i: number): string =>
    `{"ph":"X","name":"real","pid":1,"tid":2,"ts":${2000 + i},"dur":1,"args":{"list":[${Array(30).fill(nested).join()}]}}`;

  test('stays in the args it stands in, though chunks begin among it', async () => {
    const text = `[${[...MANY, ...Array.from({ length: 50 }, (_, i) => withFakes(i)), ...MANY].join(',')}]`;
    await expectSame('chrome-json', [fileOf(text)], 'fakes', [500, 1777, 8192]);
  });
});

test('threads are asked, and most events are theirs', async () => {
  const pool = new InlinePool(2);
  const text = `[${Array(50).fill(MANY.join(',')).join(',')}]`;
  await outcome('chrome-json', [fileOf(text)], { pool, parallel: { fromBytes: 0, chunkBytes: 1 << 16 } }, HEAD_BYTES);
  expect(pool.asked).toBe(Math.ceil((text.length - HEAD_BYTES) / (1 << 16)));
});

const built = new URL('../../dist/index.js', import.meta.url);
if (!existsSync(built)) console.warn('SKIPPED: real threads are tried on the built program; run npm run setup');

test.skipIf(!existsSync(built) || availableParallelism() < 2)(
  'real threads find what one finds',
  { timeout: 60_000 },
  async () => {
    const { Diagnostics, NodeHost, dumpTimeline, openRun } = await import(built.href);
    const folder = mkdtempSync(join(tmpdir(), 'traceconv-threads-'));
    try {
      const path = join(folder, 'trace.json');
      const event = (i: number): string =>
        `{"name":"op${i % 100}","ph":"X","pid":1,"tid":${i % 7},"ts":${1000 + i},"dur":0.5,"args":{"i":${i},"text":"${'x'.repeat(100)}"}}`;
      const count = 340_000;
      writeFileSync(path, `[${Array.from({ length: count }, (_, i) => event(i)).join(',\n')}]`);
      // Smaller files are read by one thread, and this would compare nothing.
      expect(statSync(path).size).toBeGreaterThan(48 << 20);
      const dumps = [];
      for (const usesThreads of [true, false]) {
        const host = new NodeHost();
        if (!usesThreads) Object.defineProperty(host, 'pool', { value: undefined });
        const { run } = await openRun([path], host, {}, new Diagnostics());
        await host.close();
        expect(run.shards[0].timeline.slices.length).toBe(count);
        dumps.push(await dumpTimeline(run.shards[0].timeline, { rowsPerTrack: 100 }));
      }
      expect(dumps[0] === dumps[1]).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

function fileOf(text: string): TestFile {
  return { path: 'trace.json', bytes: new TextEncoder().encode(text) };
}
