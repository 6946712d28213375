import { Diagnostics, InputError, MemorySource } from '../../src/base/index.ts';
import { readers } from '../../src/readers/index.ts';
import type { ReadOptions } from '../../src/readers/reader.ts';
import { assertIntegrity, dumpTimeline, NONE } from '../../src/timeline/index.ts';
import { diagnosticLines, type TestFile } from './reading.ts';

export interface Outcome {
  /** Everything that can be seen of a read, as text. */
  readonly seen: string;
  /** The table of strings, in its order. */
  readonly strings: string;
}

export async function outcome(
  readerId: string,
  files: readonly TestFile[],
  options: Omit<ReadOptions, 'rank'>,
  chunkBytes: number,
): Promise<Outcome> {
  const read = await readers.get(readerId)!.load();
  const diagnostics = new Diagnostics();
  const sources = files.map(({ path, bytes }) => new MemorySource(path, bytes, chunkBytes));
  try {
    const timeline = await read(sources, diagnostics, { rank: NONE, ...options });
    assertIntegrity(timeline);
    const { slices, strings } = timeline;
    const columns = [
      slices.argsFrom.filter((_, i) => slices.argsBytes[i] > 0).join(),
      slices.argsStrict.join(),
      slices.fileOrder.join(),
    ];
    const texts = Array.from({ length: strings.size }, (_, id) => strings.get(id));
    const seen = [await dumpTimeline(timeline), ...columns, ...diagnosticLines(diagnostics), ...linesOf(diagnostics)];
    return { seen: seen.join('\n'), strings: texts.join('|') };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { seen: [error.message, ...diagnosticLines(diagnostics), ...linesOf(diagnostics)].join('\n'), strings: '' };
  }
}

/** The lines that diagnostics are located at, which only files of lines have. */
function linesOf(diagnostics: Diagnostics): string[] {
  return diagnostics
    .list()
    .map(({ kind, places }) => `${kind} in lines ${places.map(({ place }) => place.line).join()}`);
}
