import { EmbeddedModule } from '../../../bytes/wasm/module.ts';
import { WASM_BASE64 } from './compiled.ts';

/** What assembly/index.ts exports: functions and places in the memory. */
export interface WriterExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly outFrom: { readonly value: number };
  readonly outBytes: { readonly value: number };
  readonly outLength: { readonly value: number };
  /** Samples passed over for not being numbers. */
  readonly skippedCount: { readonly value: number };
  start(trackCount: number): void;
  setOutLength(length: number): void;
  growOutput(length: number, more: number): void;
  newSequence(id: number): number;
  flowsFor(count: number): number;
  writeRows(from: number, to: number, shiftNs: number): number;
  writeSamples(sequence: number, from: number, to: number, shiftNs: number): number;
  endTrack(track: number): void;
  scratchFor(sizeBytes: number): number;
  introduceScratch(field: number, iid: number, sizeBytes: number): void;
  nameIidOfScratch(sizeBytes: number): number;
  textIidOfScratch(sizeBytes: number): number;
}

/** What it leaves to its caller, as assembly/caller.ts has it. */
export interface WriterCaller {
  startLane(track: number, lane: number): number;
  introduceString(field: number, string: number): void;
  appendArgs(row: number, outLength: number): number;
  putNumber(at: number, from: number, to: number): number;
}

const PLACES = [
  'ROWS',
  'ROW_TIME',
  'ROW_DUR',
  'ROW_DEPTH',
  'NO_DEPTH',
  'ROW_TRACK',
  'ROW_LANE',
  'ROW_NAME',
  'ROW_CATEGORY',
  'ROW_ARGS_FROM',
  'ROW_ARGS_BYTES',
  'ROW_FLOWS_TO',
  'SAMPLE_VALUE',
  'ARGS',
  'ARGS_BYTES',
] as const;

type Place = (typeof PLACES)[number];

export interface WriterInstance {
  readonly exports: WriterExports;
  readonly places: Readonly<Record<Place, number>>;
}

const MODULE = new EmbeddedModule<WriterExports & Readonly<Record<Place, { readonly value: number }>>>(WASM_BASE64);

/** A twin with a memory of its own; undefined where WebAssembly or its vector instructions are missing. */
export function newWriterInstance(caller: WriterCaller): WriterInstance | undefined {
  const exports = MODULE.instantiate({ caller });
  if (exports === undefined) return undefined;
  exports.start(0);
  const places = Object.fromEntries(PLACES.map((name) => [name, exports[name].value]));
  return { exports, places: places as WriterInstance['places'] };
}
