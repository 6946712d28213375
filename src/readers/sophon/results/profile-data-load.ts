import { InputError, type Source } from '../../../base/index.ts';
import { LiteralScanner } from '../../../bytes/index.ts';
import type { Read } from '../../reader.ts';
import { deviceOfFolder } from '../device-of-folder.ts';
import { ProfileDataSink } from './profile-data-sink.ts';
import { RecordArgs, type RecordPart } from './record-args.ts';
import { ResultRows, resultNaming } from './result-rows.ts';

/** Reads the scripts of web pages. */
export const loadProfileData: Read = async (sources, diagnostics, options) => {
  const rows = new ResultRows(options.strings);
  const { builder } = rows;
  const totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const parts: RecordPart[] = [];
  let readBytes = 0;
  for (const source of sources) {
    const { base } = builder.openPart(source);
    const sink = new ProfileDataSink(rows, source.path, base, diagnostics);
    const scanner = new LiteralScanner(sink);
    for await (const chunk of source.stream()) {
      scanner.feed(chunk);
      readBytes += chunk.length;
      builder.read.share = readBytes / totalBytes;
      options.onProgress?.(readBytes);
    }
    if (scanner.end()) diagnostics.add('event_incomplete', { path: source.path, offset: source.sizeBytes });
    sink.finish();
    parts.push({ source, base, cellsOf: (record) => sink.cellsOf(record) });
  }
  if (rows.length === 0) throw noRows(sources[0]);
  rows.finish();
  const device = deviceOfFolder(sources[0].path) ?? options.device ?? 0;
  return builder.finish(resultNaming(options.rank, Math.max(0, device)), diagnostics, new RecordArgs(parts));
};

function noRows({ path, sizeBytes }: Source): InputError {
  return new InputError('no_events', {
    at: { path, offset: sizeBytes },
    expected: 'time_header, and time_data with at least one row',
    found: 'no such rows',
  });
}
