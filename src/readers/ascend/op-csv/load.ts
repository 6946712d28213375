import { InputError, type Source } from '../../../base/index.ts';
import { CsvScanner } from '../../../bytes/index.ts';
import { NONE, TimelineBuilder, type TrackNaming } from '../../../timeline/index.ts';
import { HEAD_BYTES, type Read } from '../../reader.ts';
import { ascendDialect } from '../dialect.ts';
import { OP_COLUMNS } from './columns.ts';
import { FastOps } from './fast-ops.ts';
import { missingNameCount } from './missing-names.ts';
import { OpArgs, type OpPart } from './op-args.ts';
import { OpSink } from './op-sink.ts';
import { startsInNs } from './start-unit.ts';

/** Reads the op tables of one capture into one timeline. */
export const loadOpTables: Read = async (sources, diagnostics, options) => {
  const builder = new TimelineBuilder(OP_COLUMNS, options.strings);
  const sink = new OpSink(builder, diagnostics);
  const fast = options.engine === 'typescript' ? undefined : FastOps.create(builder, sink, options.engine === 'wasm');
  const totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const parts: OpPart[] = [];
  let readBytes = 0;
  for (const source of sources) {
    const { base } = builder.openPart(source);
    const head = await source.slice(0, Math.min(source.sizeBytes, HEAD_BYTES));
    const isInNs = startsInNs(head);
    sink.startFile({ path: source.path, base, startsInNs: isInNs, missingNames: missingNameCount(head) });
    const scanner = new CsvScanner(sink, isInNs ? undefined : fast);
    for await (const chunk of source.stream()) {
      scanner.feed(chunk);
      readBytes += chunk.length;
      builder.read.share = readBytes / totalBytes;
      options.onProgress?.(readBytes);
    }
    scanner.end();
    sink.finishFile();
    if (sink.header === undefined) throw noTable(source);
    parts.push({ source, base, header: sink.header });
  }
  if (sink.rowCount === 0) throw noOps(sources[0]);
  const args = new OpArgs(parts, options.engine !== 'typescript');
  return builder.finish(opNaming(options.rank, options.device), diagnostics, args);
};

/** A table without a column of devices does not say which one it is about. */
function opNaming(rank: number, device = NONE): TrackNaming {
  const naming = ascendDialect.naming(rank);
  return {
    ...naming,
    process: (draft, all) => {
      const process = naming.process(draft, all);
      return draft.label === 'NPU' ? { ...process, device } : process;
    },
  };
}

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
