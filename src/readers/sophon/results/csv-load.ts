import { LineScanner } from '../../../bytes/index.ts';
import type { Read } from '../../reader.ts';
import { CsvSink } from './csv-sink.ts';
import { loadResults } from './load-results.ts';

/** Reads the tables of one folder. */
export const loadResultCsv: Read = (sources, diagnostics, options) =>
  loadResults(sources, diagnostics, options, 'detail.csv or PerfAI_output.csv with at least one row', (rows, file) => {
    const sink = new CsvSink(rows, file, diagnostics);
    return { scanner: new LineScanner(sink), finish: () => sink.finish(), cellsOf: (record) => sink.cellsOf(record) };
  });
