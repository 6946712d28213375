import { InputError, type Source } from '../../../base/index.ts';
import { LineScanner } from '../../../bytes/index.ts';
import type { Read } from '../../reader.ts';
import { deviceOfFolder } from '../device-of-folder.ts';
import { RecordArgs, type RecordPart } from './record-args.ts';
import { regInfoCells } from './reg-info-cells.ts';
import { RegInfoSink } from './reg-info-sink.ts';
import { ResultRows, resultNaming } from './result-rows.ts';

/** Reads the listings of one folder into one timeline. */
export const loadRegInfo: Read = async (sources, diagnostics, options) => {
  const rows = new ResultRows(options.strings);
  const { builder } = rows;
  const totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const parts: RecordPart[] = [];
  let readBytes = 0;
  for (const source of sources) {
    const { base } = builder.openPart(source);
    const sink = new RegInfoSink(rows, { path: source.path, base }, diagnostics);
    const scanner = new LineScanner(sink);
    for await (const chunk of source.stream()) {
      scanner.feed(chunk);
      readBytes += chunk.length;
      builder.read.share = readBytes / totalBytes;
      options.onProgress?.(readBytes);
    }
    sink.finish(scanner.end(), source.sizeBytes);
    parts.push({ source, base, cellsOf: regInfoCells });
  }
  if (rows.length === 0) throw noRecords(sources[0]);
  rows.finish();
  const device = deviceOfFolder(sources[0].path) ?? options.device ?? 0;
  return builder.finish(resultNaming(options.rank, Math.max(0, device)), diagnostics, new RecordArgs(parts));
};

function noRecords({ path, sizeBytes }: Source): InputError {
  return new InputError('no_events', {
    at: { path, offset: sizeBytes },
    expected: 'at least one record (__TIU_REG_INFO__, __TDMA_REG_INFO__, __CDMA_REG_INFO__) with a start and an end',
    found: 'none',
  });
}
