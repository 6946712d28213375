import { LineScanner } from '../../../bytes/index.ts';
import type { Read } from '../../reader.ts';
import { CsvSink } from './csv-sink.ts';
import { loadResults } from './load-results.ts';

/** Reads the tables of one folder. */
export const loadResultCsv: Read = (sources, diagnostics, options) =>
  loadResults(sources, diagnostics, options, 'detail.csv or PerfAI_output.csv with at least one row', (rows, file) => {
    const sink = new CsvSink(rows, file, diagnostics);
    const scanner = new LineScanner(sink);
    return {
      feed: (chunk) => {
        scanner.feed(chunk);
      },
      end: () => {
        const isOpen = scanner.end();
        sink.finish();
        return isOpen;
      },
      cellsOf: (record) => sink.cellsOf(record),
    };
  });
