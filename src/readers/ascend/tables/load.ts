import { InputError, type Source } from '../../../base/index.ts';
import { CsvScanner } from '../../../bytes/index.ts';
import { TimelineBuilder } from '../../../timeline/index.ts';
import type { Read } from '../../reader.ts';
import { ascendDialect } from '../dialect.ts';
import { addCounters } from './counters.ts';
import { TableSink } from './table-sink.ts';

/** Reads every file into a table of its own; memory over time becomes counters, too. */
export const loadTables: Read = async (sources, diagnostics, options) => {
  const builder = new TimelineBuilder([]);
  let readBytes = 0;
  for (const source of sources) {
    builder.openPart(source);
    const sink = new TableSink(source.path, diagnostics);
    const scanner = new CsvScanner(sink);
    for await (const chunk of source.stream()) {
      scanner.feed(chunk);
      readBytes += chunk.length;
      options.onProgress?.(readBytes);
    }
    scanner.end();
    const read = sink.finish();
    if (read === undefined) throw noTable(source);
    builder.tables.push(read.table);
    if (read.format.counters !== undefined) addCounters(builder, read.table, read.format.counters);
  }
  return builder.finish(ascendDialect.naming(options.rank), diagnostics);
};

function noTable({ path, sizeBytes }: Source): InputError {
  return new InputError('not_a_trace', {
    at: { path, line: 1, offset: 0 },
    expected: 'the header of a table that msprof, torch_npu or msprof-analyze writes',
    found: sizeBytes === 0 ? 'an empty file' : 'no such header',
  });
}
