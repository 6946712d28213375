/**
 * The byte level: JSON trace events, decimals, interned strings. Nothing here knows what a track or a vendor is.
 */

export { decimalValue, type TypedKey } from './args-scanner.ts';
export * from './csv-scanner.ts';
export * from './decimal-ns.ts';
export type { EventScanner } from './event-scanner.ts';
export type { FastLane } from './fast-lane.ts';
export * from './interner.ts';
export { JsonMembers } from './json-members.ts';
export * from './json-value.ts';
export { type LiteralHandler, LiteralScanner } from './literal-scanner.ts';
export { type Literal, literalOf } from './literal-value.ts';
export { type LineHandler, LineScanner } from './line-scanner.ts';
export * from './micros-scanner.ts';
export { LongInterner } from './long-interner.ts';
export { ProtoCursor, ProtoError, WIRE } from './proto-cursor.ts';
export { FIELD, type ScannedEvent } from './scanned-event.ts';
export * from './trace-scanner.ts';
export * from './wasm/chunk-scanner.ts';
export { FastRowScanner } from './wasm/fast-rows.ts';
export { FastScanner, type FastScannerOptions } from './wasm/fast-scanner.ts';
export type { NewTrack, Tape } from './wasm/tape.ts';
export { writtenNumber } from './written-number.ts';
