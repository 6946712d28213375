import { EmbeddedModule } from '../../../../bytes/wasm/module.ts';
import { WASM_BASE64 } from './compiled.ts';

type Place = 'CSV' | 'CSV_BYTES' | 'MOST_ROWS' | 'ROW_FROM' | 'JSON_TO';

/** What assembly/index.ts exports. */
export interface ArgsExports extends Readonly<Record<Place | 'json', { readonly value: number }>> {
  readonly memory: { readonly buffer: ArrayBuffer };
  startTable(cellCount: number, keyBytes: number): number;
  setKey(cell: number, at: number, sizeBytes: number): void;
  writeRows(from: number, to: number): number;
}

const MODULE = new EmbeddedModule<ArgsExports>(WASM_BASE64);

/** With a memory of its own; undefined where WebAssembly or its vector instructions are missing. */
export function newArgsInstance(): ArgsExports | undefined {
  return MODULE.instantiate();
}
