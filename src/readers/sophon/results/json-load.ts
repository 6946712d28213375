import { LiteralScanner } from '../../../bytes/index.ts';
import type { Read } from '../../reader.ts';
import { jsonCells, JsonSink } from './json-sink.ts';
import { loadResults } from './load-results.ts';

/** Reads documents with events of engines. */
export const loadResultJson: Read = (sources, diagnostics, options) =>
  loadResults(sources, diagnostics, options, 'at least one event of an engine', (rows, file) => {
    const scanner = new LiteralScanner(new JsonSink(rows, file, diagnostics));
    return { scanner, cellsOf: jsonCells };
  });
