// Every fixture of every reader, found through the registry, for people to review in expected/.
import { describe, expect, test } from 'vitest';
import { HEAD_BYTES, readers } from '../../src/readers/index.ts';
import { dumpTimeline } from '../../src/timeline/index.ts';
import { titledCaptures } from '../support/fixtures.ts';
import { diagnosticLines, type ReadResult, readFiles } from '../support/reading.ts';

const ROWS_PER_TRACK = 12;
/** Args can be long; that their bytes are those of the file is tested elsewhere. */
const LINE_CHARACTERS = 200;

async function reviewText({ timeline, diagnostics }: ReadResult): Promise<string> {
  const dump = await dumpTimeline(timeline, { rowsPerTrack: ROWS_PER_TRACK });
  const lines = [...dump.trimEnd().split('\n'), '', ...diagnosticLines(diagnostics)];
  return `${lines.map(shortened).join('\n')}\n`;
}

function shortened(line: string): string {
  return line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}…` : line;
}

describe.each(titledCaptures())('$title', ({ title, capture }) => {
  test('reads as reviewed', async () => {
    const result = await readFiles(capture.readerId, capture.files);
    await expect(await reviewText(result)).toMatchFileSnapshot(`expected/${title}.txt`);
  });

  // Files of a folder that is read as a whole are known by their names.
  const isNamed = readers.get(capture.readerId)?.isWholeFolder === true;
  const by = isNamed ? 'by its name' : 'under a name that says nothing';
  test.each(capture.files)(`is recognised ${by}: $path`, ({ path, bytes }) => {
    const head = bytes.subarray(0, HEAD_BYTES);
    const sniffed = [...readers].map(({ id, sniff }) => ({ id, ...sniff(isNamed ? path : 'trace.json', head) }));
    const best = Math.max(...sniffed.map(({ confidence }) => confidence));
    expect(sniffed.filter(({ confidence }) => confidence === best).map(({ id }) => id)).toEqual([capture.readerId]);
  });
});
