import type { Diagnostics, Source } from '../../../base/index.ts';
import { InputError } from '../../../base/index.ts';
import type { Timeline } from '../../../timeline/index.ts';
import type { ReadOptions } from '../../reader.ts';
import { deviceOfFolder } from '../device-of-folder.ts';
import { RecordArgs, type RecordPart } from './record-args.ts';
import { ResultRows, resultNaming } from './result-rows.ts';

/** What reads one file of a format. */
export interface ResultSink {
  readonly scanner: {
    feed(chunk: Uint8Array): void;
    /** The file is complete. True where it ends in the middle of something. */
    end(): boolean;
  };
  /** What was kept until now is added. */
  finish?(): void;
  readonly cellsOf: RecordPart['cellsOf'];
}

/** A file whose rows get addresses of args from `base` on. */
export interface ResultFile {
  readonly path: string;
  readonly base: number;
  readonly sizeBytes: number;
}

/** Reads files of a format, one after the other, into one timeline. `expected`: what one of them has to hold at least. */
export async function loadResults(
  sources: readonly Source[],
  diagnostics: Diagnostics,
  options: ReadOptions,
  expected: string,
  sinkOf: (rows: ResultRows, file: ResultFile) => ResultSink,
): Promise<Timeline> {
  const rows = new ResultRows(options.strings);
  const { builder } = rows;
  const totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const parts: RecordPart[] = [];
  let readBytes = 0;
  for (const source of sources) {
    const { base } = builder.openPart(source);
    const { path, sizeBytes } = source;
    const sink = sinkOf(rows, { path, base, sizeBytes });
    for await (const chunk of source.stream()) {
      sink.scanner.feed(chunk);
      readBytes += chunk.length;
      builder.read.share = readBytes / totalBytes;
      options.onProgress?.(readBytes);
    }
    const isOpen = sink.scanner.end();
    sink.finish?.();
    if (isOpen) diagnostics.add('event_incomplete', { path, offset: sizeBytes });
    parts.push({ source, base, cellsOf: sink.cellsOf });
  }
  const [{ path, sizeBytes }] = sources;
  if (rows.length === 0) {
    throw new InputError('no_events', { at: { path, offset: sizeBytes }, expected, found: 'none' });
  }
  rows.finish();
  const device = deviceOfFolder(path) ?? options.device ?? 0;
  return builder.finish(resultNaming(options.rank, Math.max(0, device)), diagnostics, new RecordArgs(parts));
}
