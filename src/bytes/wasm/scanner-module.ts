import { WASM_BASE64 } from './compiled.ts';
import { EmbeddedModule } from './module.ts';

/** What assembly/index.ts exports: functions, places in the memory, and what the last scan found. */
export interface ScannerExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  start(): void;
  setCategoryColumnCount(count: number): void;
  setFlowNamesEndInId(endInId: number): void;
  scratchFor(sizeBytes: number): number;
  addArgsKey(sizeBytes: number, columnFromOne: number, isText: number, isSelector: number): void;
  stringCount(): number;
  clear(): void;
  scan(from: number, to: number, fileBase: number, baseMicros: bigint): number;
  startTable(cellCount: number, name: number, start: number, duration: number, categoryColumn: number): void;
  addTypedCell(cell: number, column: number, isText: number): void;
  addTrackCell(cell: number): void;
  scanRows(from: number, to: number, fileBase: number, baseMicros: bigint): number;
  findEvent(from: number, to: number): number;
  nextEvent(from: number, to: number): number;
  eventBehind(from: number): number;
}

const PLACES = [
  'TAPE_ROWS',
  'CATEGORY_COLUMNS',
  'BUFFER',
  'BUFFER_BYTES',
  'SLICE_START',
  'SLICE_DUR',
  'SLICE_ARGS_FROM',
  'SLICE_TRACK',
  'SLICE_NAME',
  'SLICE_CATEGORY',
  'SLICE_ARGS_BYTES',
  'SLICE_ARGS_STRICT',
  'COUNTER_TIME',
  'COUNTER_VALUE',
  'COUNTER_TRACK',
  'LONG_VALUE',
  'FLOW_TIME',
  'FLOW_ID_HIGH',
  'FLOW_ID_LOW',
  'FLOW_TRACK',
  'FLOW_NAME',
  'FLOW_CATEGORY',
  'FLOW_END',
  'NEW_STRING',
  'NEW_TRACK',
  'TYPED_COUNT',
  'TYPED_ROWS',
  'TYPED_VALUES',
] as const;

type Numbers<K extends string> = Readonly<Record<K, number>>;
type Variables<K extends string> = Readonly<Record<K, { readonly value: number }>>;
type Place = (typeof PLACES)[number];
type Finding =
  | 'sliceCount'
  | 'counterCount'
  | 'flowCount'
  | 'longValueCount'
  | 'newStringCount'
  | 'newTrackCount'
  | 'takenCount'
  | 'roundedCount'
  | 'declinedAt';

export interface ScannerInstance {
  readonly exports: ScannerExports;
  readonly places: Numbers<Place>;
  readonly findings: Variables<Finding>;
}

const MODULE = new EmbeddedModule<ScannerExports & Variables<Place | Finding>>(WASM_BASE64);

/** A scanner with a memory of its own; undefined where WebAssembly or its vector instructions are missing. */
export function newScannerInstance(): ScannerInstance | undefined {
  const exports = MODULE.instantiate();
  if (exports === undefined) return undefined;
  exports.start();
  const places = Object.fromEntries(PLACES.map((name) => [name, exports[name].value]));
  return { exports, places: places as ScannerInstance['places'], findings: exports };
}
