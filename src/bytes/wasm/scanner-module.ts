import { SCANNER_BASE64 } from './compiled.ts';

/** What assembly/index.ts exports: functions, places in the memory, and what the last scan found. */
export interface ScannerExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  start(): void;
  setCategoryColumnCount(count: number): void;
  setFlowKeyHasName(hasName: number): void;
  scratchFor(sizeBytes: number): number;
  addArgsKey(sizeBytes: number, columnFromOne: number, isText: number, isSelector: number): void;
  addString(sizeBytes: number): number;
  stringCount(): number;
  addFlowKey(sizeBytes: number): number;
  flowKeyCount(): number;
  scan(from: number, to: number, fileBase: number, baseMicros: bigint): number;
  answer(track: number): void;
}

export const PLACES = [
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
  'FLOW_KEY',
  'FLOW_TRACK',
  'FLOW_NAME',
  'FLOW_CATEGORY',
  'FLOW_END',
  'NEW_STRING',
  'TYPED_COUNT',
  'TYPED_ROWS',
  'TYPED_VALUES',
] as const;

export const FINDINGS = [
  'sliceCount',
  'counterCount',
  'flowCount',
  'longValueCount',
  'newStringCount',
  'takenCount',
  'roundedCount',
  'declinedAt',
  'asks',
  'askedMember',
] as const;

type Numbers<K extends string> = Readonly<Record<K, number>>;
type Variables<K extends string> = Readonly<Record<K, { readonly value: number }>>;

export interface ScannerInstance {
  readonly exports: ScannerExports;
  readonly places: Numbers<(typeof PLACES)[number]>;
  readonly findings: Variables<(typeof FINDINGS)[number]>;
}

/** The part of the WebAssembly API in use, which is a global everywhere but declared only among a browser's types. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

let compiled: object | 'unsupported' | undefined;

/** A scanner with a memory of its own; undefined where WebAssembly or its vector instructions are missing. */
export function newScannerInstance(): ScannerInstance | undefined {
  const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) return undefined;
  compiled ??= compile(api);
  if (compiled === 'unsupported') return undefined;
  const { exports } = new api.Instance(compiled, { env: { abort: reportAbort } });
  const variables = exports as Variables<(typeof PLACES)[number] | (typeof FINDINGS)[number]>;
  const places = Object.fromEntries(PLACES.map((name) => [name, variables[name].value]));
  const instance = exports as ScannerExports;
  instance.start();
  return { exports: instance, places: places as ScannerInstance['places'], findings: variables };
}

function compile(api: WebAssemblyApi): object | 'unsupported' {
  const bytes = Uint8Array.from(atob(SCANNER_BASE64), (letter) => letter.charCodeAt(0));
  return api.validate(bytes) ? new api.Module(bytes) : 'unsupported';
}

function reportAbort(): never {
  throw new Error('the compiled scanner gave up');
}
