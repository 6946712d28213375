/**
 * Tables of ops: `op_summary_*.csv` (CANN msprof) and `kernel_details.csv` (torch_npu), at every level and with any
 * columns of hardware counters. Versions seen in captures: Nov 2023, Jan 2025, Nov 2025, Aug 2026; the form of chips with
 * one core type is known from a vendor test only.
 * Read: every row as a slice on its stream, with all its cells as args; types, shapes, formats and block counts as columns.
 * Ignored: nothing. Odd rules: big numbers end in a tab, shapes stand in quotes within quotes, names hold commas without
 * quotes, `N/A` and an empty cell mean nothing, collectives have no stream.
 */
import { InputError, type Source } from '../../base/index.ts';
import { CsvScanner } from '../../bytes/index.ts';
import { TimelineBuilder } from '../../timeline/index.ts';
import { HEAD_BYTES, type Read, type Reader } from '../reader.ts';
import { headText } from '../trace-events/sniff.ts';
import { ascendDialect } from './dialect.ts';
import { OP_COLUMNS, opHeader } from './op-csv/columns.ts';
import { OpArgs, type OpPart } from './op-csv/op-args.ts';
import { OpSink } from './op-csv/op-sink.ts';
import { startsInNs } from './op-csv/start-unit.ts';

export const ascendOpCsv: Reader = {
  id: 'ascend-op-csv',
  vendor: 'Ascend',
  label: 'Ascend op_summary or kernel_details CSV',
  sniff(_path, head) {
    const [line = ''] = headText(head)
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .split(/\r?\n/, 1);
    const header = opHeader(line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')));
    if (header === undefined) return { confidence: 0, why: 'no header of an op table' };
    const { names, name, start, duration } = header;
    return { confidence: 3, why: `a table with ${names[name]}, ${names[start]} and ${names[duration]}` };
  },
  load: async () => loadOpTables,
};

const loadOpTables: Read = async (sources, diagnostics, options) => {
  const builder = new TimelineBuilder(OP_COLUMNS);
  const sink = new OpSink(builder, diagnostics);
  const parts: OpPart[] = [];
  let readBytes = 0;
  for (const source of sources) {
    const { base } = builder.openPart(source);
    const head = await source.slice(0, Math.min(source.sizeBytes, HEAD_BYTES));
    sink.startFile(source.path, base, startsInNs(head));
    const scanner = new CsvScanner(sink);
    for await (const chunk of source.stream()) {
      scanner.feed(chunk);
      readBytes += chunk.length;
      options.onProgress?.(readBytes);
    }
    scanner.end();
    sink.finishFile();
    if (sink.header === undefined) throw noTable(source);
    parts.push({ source, base, header: sink.header });
  }
  if (sink.rowCount === 0) throw noOps(sources[0]);
  return builder.finish(ascendDialect.naming(options.rank), diagnostics, new OpArgs(parts));
};

function noTable({ path, sizeBytes }: Source): InputError {
  return new InputError('not_a_trace', {
    at: { path, line: 1, offset: 0 },
    expected: 'a header with the name, the type, the start and the duration of ops',
    found: sizeBytes === 0 ? 'an empty file' : 'no such header',
  });
}

function noOps({ path, sizeBytes }: Source): InputError {
  return new InputError('no_events', {
    at: { path, offset: sizeBytes },
    expected: 'at least one op',
    found: 'none',
    hint: 'the profiler may have been stopped before the device ran anything',
  });
}
