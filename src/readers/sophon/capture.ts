import type { Chip } from './chips.ts';
import type { CommandList } from './command-list.ts';
import type { EngineLog } from './engine-log.ts';
import type { GlobalProfile } from './global-profile.ts';

/** A raw folder, decoded: all that is known before clocks are brought together. */
export interface RawCapture {
  readonly chip: Chip;
  readonly global: GlobalProfile;
  /** One for each iteration of a bmprofile folder, one alone for a cdm folder. In each, clocks of engines begin anew. */
  readonly sessions: readonly RawSession[];
}

export interface RawSession {
  readonly iteration: number;
  /** What the host says of it, in microseconds since the epoch; undefined where it says nothing. */
  readonly host: HostSpan | undefined;
  readonly logs: readonly EngineLog[];
  readonly commands: readonly CommandList[];
  /** What the microcontrollers of the chip wrote down: the bytes of their records, by core. */
  readonly mcu: readonly { readonly core: number; readonly bytes: Uint8Array }[];
}

/** With setting up and reading back, so it is no latency of the model. */
export interface HostSpan {
  readonly beginMicros: bigint;
  readonly endMicros: bigint;
  readonly subnet: number;
}
