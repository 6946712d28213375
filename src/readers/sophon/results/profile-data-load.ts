import { LiteralScanner } from '../../../bytes/index.ts';
import type { Read } from '../../reader.ts';
import { loadResults } from './load-results.ts';
import { ProfileDataSink } from './profile-data-sink.ts';

/** Reads the scripts of web pages. */
export const loadProfileData: Read = (sources, diagnostics, options) =>
  loadResults(sources, diagnostics, options, 'time_header, and time_data with at least one row', (rows, file) => {
    const sink = new ProfileDataSink(rows, file, diagnostics);
    return {
      scanner: new LiteralScanner(sink),
      finish: () => sink.finish(),
      cellsOf: (record) => sink.cellsOf(record),
    };
  });
