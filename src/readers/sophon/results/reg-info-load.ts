import { LineScanner } from '../../../bytes/index.ts';
import type { Read } from '../../reader.ts';
import { loadResults } from './load-results.ts';
import { regInfoCells } from './reg-info-cells.ts';
import { RegInfoSink } from './reg-info-sink.ts';

const EXPECTED = 'a record (__TIU_REG_INFO__, __TDMA_REG_INFO__, __CDMA_REG_INFO__) with a start and an end';

/** Reads the listings of one folder. */
export const loadRegInfo: Read = (sources, diagnostics, options) =>
  loadResults(sources, diagnostics, options, EXPECTED, (rows, file) => {
    const sink = new RegInfoSink(rows, file, diagnostics);
    return { scanner: new LineScanner(sink), finish: () => sink.finish(), cellsOf: regInfoCells };
  });
