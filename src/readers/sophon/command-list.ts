import type { Engine } from './chips.ts';

/** The memory that a command reads or writes. */
export type Memory = 'DDR' | 'L2M' | 'LMEM' | '';

/** What one engine of one core was told to do, in order: from descriptors (DES blocks, cmd_*.dat) or the MCU's notes. */
export interface CommandList {
  readonly engine: Engine;
  readonly core: number;
  readonly length: number;
  /** Position in `names`, as 'conv.normal' or 'tensorLd'. */
  readonly name: Uint32Array;
  readonly names: readonly string[];
  /** Position in `types`, as 'CONV' or 'tensor'. */
  readonly type: Uint32Array;
  readonly types: readonly string[];
  /** 1: it keeps engines in step (send, wait, nop, end) and is no work. */
  readonly isSystem: Uint8Array;
  /** Its own number, from 1; where commands carry none: its place in its section. */
  readonly id: Float64Array;
  /** Number of the command of the other engine that it waits for; 0: none. */
  readonly waitsFor: Float64Array;
  /** What is known of one command beside that, for people: shapes, types, directions, bytes, addresses. */
  details(command: number): Readonly<Record<string, string | number>>;
}
