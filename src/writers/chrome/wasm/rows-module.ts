import { EmbeddedModule } from '../../../bytes/wasm/module.ts';
import { WASM_BASE64 } from './compiled.ts';

const PLACES = [
  'ROWS',
  'TEXT_BYTES',
  'KIND',
  'HEAD',
  'PLACE',
  'NAME',
  'CATEGORY',
  'ARGS_FROM',
  'ARGS_SIZE',
  'TIME',
  'NUMBER',
  'TEXTS',
  'TEXTS_BYTES',
  'OUTPUT',
  'OUTPUT_BYTES',
  'ARGS',
  'ARGS_BYTES',
  'SLICE',
  'FLOW_END',
  'SAMPLE',
] as const;
type Place = (typeof PLACES)[number];

/** What assembly/index.ts exports. */
interface RowsExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  start(zeroNs: bigint): number;
  writeRows(count: number, to: number): number;
}

export interface RowsInstance {
  /** Its size never changes. */
  readonly memory: ArrayBuffer;
  readonly places: Readonly<Record<Place, number>>;
  writeRows(count: number, to: number): number;
}

const MODULE = new EmbeddedModule<RowsExports & Readonly<Record<Place, { readonly value: number }>>>(WASM_BASE64);

/** With a memory of its own; undefined where that, WebAssembly or its vector instructions are missing. */
export function newRowsInstance(zeroNs: bigint): RowsInstance | undefined {
  const exports = MODULE.instantiate();
  if (exports === undefined || exports.start(zeroNs) === 0) return undefined;
  const places = Object.fromEntries(PLACES.map((name) => [name, exports[name].value]));
  return {
    memory: exports.memory.buffer,
    places: places as RowsInstance['places'],
    writeRows: exports.writeRows,
  };
}
