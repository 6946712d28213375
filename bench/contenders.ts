import type { InputKind } from './input.ts';

export type Section =
  | 'read'
  | 'readKineto'
  | 'ranks'
  | 'convert'
  | 'writePerfetto'
  | 'writeChrome'
  | 'readTable'
  | 'convertTable'
  | 'readRecords'
  | 'readCommands';

/** What is measured, by section. Within a section everyone does the same job and is compared with its baseline. */
export const SECTIONS: Readonly<Record<Section, { title: string; baseline: string; input: InputKind }>> = {
  read: { title: 'reading', baseline: 'stream-json', input: 'trace' },
  readKineto: { title: 'reading Kineto', baseline: 'kineto', input: 'kineto' },
  ranks: { title: 'reading a folder of ranks, 50 MB each', baseline: 'ranks-one-thread', input: 'ranks' },
  convert: { title: 'file to file', baseline: 'read', input: 'trace' },
  writePerfetto: { title: 'writing Perfetto, from a run in memory', baseline: 'protobufjs', input: 'trace' },
  writeChrome: { title: 'writing Chrome JSON, from a run in memory', baseline: 'json-stringify', input: 'trace' },
  readTable: { title: 'reading op_summary.csv', baseline: 'csv-parse', input: 'table' },
  convertTable: { title: 'op_summary.csv to file', baseline: 'read-table', input: 'table' },
  readRecords: { title: 'decoding raw records (SG2260)', baseline: 'sophon', input: 'records' },
  readCommands: { title: 'decoding raw records and commands (SG2260)', baseline: 'sophon-commands', input: 'commands' },
};

export type WriterId = 'perfetto' | 'chrome-json';

export interface Contender {
  readonly name: string;
  readonly label: string;
  readonly section: Section;
  /** A script in contenders/, or trace_processor, which has a process of its own. */
  readonly script: string | 'trace-processor';
  /** What follows the input and the output on its command line. */
  readonly option?: string;
  /** The format of the file it writes. */
  readonly writes?: WriterId;
  readonly largestBytes?: number;
  /** Too slow to be worth more than one run. */
  readonly runsOnce?: boolean;
  /** Drops events by design, so its counts are shown and not judged. */
  readonly isLossy?: boolean;
}

/** V8's longest string has 2^29 - 24 characters. */
const LONGEST_STRING = 2 ** 29 - 24;

export const CONTENDERS: readonly Contender[] = [
  { name: 'read', label: 'traceconv', section: 'read', script: 'read.mjs' },
  { name: 'read-args', label: 'traceconv + every arg parsed', section: 'read', script: 'read-args.mjs' },
  {
    name: 'stream-json',
    label: 'stream-json 3.8 (bare tokenizer, packed, 32 kB, Assembler)',
    section: 'read',
    script: 'stream-json.mjs',
  },
  {
    name: 'stream-json-tokens',
    label: 'stream-json 3.8, tokens only (no events)',
    section: 'read',
    script: 'stream-json-tokens.mjs',
  },
  {
    name: 'json-chunks',
    label: 'JSON.parse of 64 kB chunks',
    section: 'read',
    script: 'json-parse-chunks.mjs',
    option: String(64 * 1024),
  },
  {
    name: 'json-large-chunks',
    label: 'JSON.parse of 4 MB chunks',
    section: 'read',
    script: 'json-parse-chunks.mjs',
    option: String(4 * 1024 * 1024),
  },
  {
    name: 'json-whole',
    label: 'JSON.parse of the whole file',
    section: 'read',
    script: 'json-parse-whole.mjs',
    largestBytes: LONGEST_STRING,
  },
  {
    name: 'trace-processor',
    label: 'trace_processor 55.3 (WASM)',
    section: 'read',
    script: 'trace-processor',
    runsOnce: true,
    isLossy: true,
  },
  { name: 'kineto', label: 'traceconv', section: 'readKineto', script: 'read.mjs' },
  { name: 'ranks', label: 'traceconv', section: 'ranks', script: 'read.mjs' },
  {
    name: 'ranks-one-thread',
    label: 'traceconv, one thread, rank after rank',
    section: 'ranks',
    script: 'read.mjs',
    option: 'one-thread',
  },
  {
    name: 'convert-perfetto',
    label: 'traceconv reader + Perfetto writer',
    section: 'convert',
    script: 'write-file.mjs',
    option: 'perfetto',
    writes: 'perfetto',
  },
  {
    name: 'convert-chrome',
    label: 'traceconv reader + Chrome writer',
    section: 'convert',
    script: 'write-file.mjs',
    option: 'chrome-json',
    writes: 'chrome-json',
  },
  {
    name: 'cli',
    label: 'traceconv in.json -o out.pftrace, whole process',
    section: 'convert',
    script: 'cli.mjs',
    writes: 'perfetto',
  },
  {
    name: 'write-perfetto',
    label: 'traceconv (args from the file)',
    section: 'writePerfetto',
    script: 'write-only.mjs',
    option: 'perfetto',
  },
  {
    name: 'protobufjs',
    label: 'protobufjs 8.8 Writer (args parsed beforehand)',
    section: 'writePerfetto',
    script: 'protobufjs.mjs',
  },
  {
    name: 'protobufjs-args',
    label: 'protobufjs 8.8 Writer + JSON.parse of args',
    section: 'writePerfetto',
    script: 'protobufjs.mjs',
    option: 'with-args',
  },
  {
    name: 'write-chrome',
    label: 'traceconv (args from the file)',
    section: 'writeChrome',
    script: 'write-only.mjs',
    option: 'chrome-json',
  },
  {
    name: 'json-stringify',
    label: 'JSON.stringify per event (args parsed beforehand)',
    section: 'writeChrome',
    script: 'json-stringify.mjs',
  },
  {
    name: 'json-stringify-args',
    label: 'JSON.stringify per event + JSON.parse of args',
    section: 'writeChrome',
    script: 'json-stringify.mjs',
    option: 'with-args',
  },
  { name: 'read-table', label: 'traceconv, into a timeline', section: 'readTable', script: 'read.mjs' },
  { name: 'csv-parse', label: 'csv-parse 7.0 (stream, arrays of text)', section: 'readTable', script: 'csv-parse.mjs' },
  { name: 'udsv', label: 'uDSV 0.7 (chunks, arrays of text)', section: 'readTable', script: 'udsv.mjs' },
  {
    name: 'cli-table',
    label: 'traceconv in.csv -o out.pftrace, whole process',
    section: 'convertTable',
    script: 'cli.mjs',
    writes: 'perfetto',
  },
  { name: 'sophon', label: 'traceconv, into a timeline', section: 'readRecords', script: 'read.mjs' },
  { name: 'sophon-commands', label: 'traceconv, into a timeline', section: 'readCommands', script: 'read.mjs' },
];
