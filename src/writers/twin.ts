import type { Run } from '../timeline/index.ts';
import { rowCount } from './output-buffer.ts';
import type { WriteOptions } from './writer.ts';

/** Fewer rows are written before a WebAssembly twin is compiled. */
const ROWS_WORTH_TWIN = 1 << 13;

/** Whether the run is to be written by the WebAssembly twin of a writer. */
export function isWorthTwin(run: Run, { engine }: WriteOptions): boolean {
  return engine === 'wasm' || (engine === undefined && rowCount(run) >= ROWS_WORTH_TWIN);
}
