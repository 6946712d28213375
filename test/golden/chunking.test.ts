// Where a chunk of the file ends must never matter: not in the middle of a number, a name, an escape or a word.
import { describe, expect, test } from 'vitest';
import { dumpTimeline } from '../../src/timeline/index.ts';
import { titledCaptures } from '../support/fixtures.ts';
import { diagnosticLines, readFiles, type TestFile } from '../support/reading.ts';

async function everything(readerId: string, files: readonly TestFile[], chunkBytes: number): Promise<string[]> {
  const { timeline, diagnostics } = await readFiles(readerId, files, { chunkBytes });
  return [...(await dumpTimeline(timeline)).split('\n'), ...diagnosticLines(diagnostics)];
}

describe.each(titledCaptures())('$title', ({ capture: { readerId, files } }) => {
  test.each([1, 7, 4096])('reads the same in chunks of %i bytes as in one', async (chunkBytes) => {
    expect(await everything(readerId, files, chunkBytes)).toEqual(await everything(readerId, files, 1 << 24));
  });
});

describe('a file with everything that is repaired or passed over', () => {
  const invalid = [0xff, 0xfe];
  const bytes = Uint8Array.from([
    ...new TextEncoder().encode('[{"ph":"X","ts":1.0005,"dur":2,"pid":1,"tid":2,"name":"a'),
    ...invalid,
    ...new TextEncoder().encode('","colour":"red","args":{"Task Type":"AI_'),
    ...invalid,
    ...new TextEncoder().encode(
      '","level":"node"},"tts":5},{"ph":"X","ts":"x","name":"no"b"},{"ph":"Q","colour":1},]tail',
    ),
  ]);

  test.each(['chrome-json', 'ascend-msprof-json'])('gives the same diagnostics in any chunks: %s', async (readerId) => {
    const files = [{ path: 'trace.json', bytes }];
    const whole = await everything(readerId, files, bytes.length);
    for (let chunkBytes = 1; chunkBytes < bytes.length; chunkBytes++) {
      expect(await everything(readerId, files, chunkBytes), `chunks of ${chunkBytes} bytes`).toEqual(whole);
    }
  });
});
