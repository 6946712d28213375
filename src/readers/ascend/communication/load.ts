import { TimelineBuilder } from '../../../timeline/index.ts';
import type { Read } from '../../reader.ts';
import { ascendDialect } from '../dialect.ts';
import { readDocument } from '../json-document.ts';
import { ProcessGroups } from './groups.ts';
import { CommunicationOps } from './ops.ts';

/** Reads the figures of collectives, and the groups they run in, into tables. */
export const loadCommunication: Read = async (sources, diagnostics, options) => {
  const builder = new TimelineBuilder([]);
  let readBytes = 0;
  for (const source of sources) {
    builder.openPart(source);
    const document = await readDocument(source);
    const { path, root } = document;
    const isGroups = [...root.values()].some((value) => Array.isArray(value));
    if (isGroups) {
      const groups = new ProcessGroups(path, diagnostics);
      groups.readCluster(root);
      builder.tables.push(groups.table.finish());
    } else {
      const ops = new CommunicationOps(path, diagnostics);
      ops.read(root);
      builder.tables.push(...ops.finish());
    }
    const hasRows = builder.tables.some((table) => table.path === path && table.rowCount > 0);
    document.check(hasRows, 'figures of collectives, or groups of ranks', diagnostics);
    readBytes += source.sizeBytes;
    options.onProgress?.(readBytes);
  }
  return builder.finish(ascendDialect.naming(options.rank), diagnostics);
};
