import type { Chip, Flavour } from './chips.ts';
import type { CommandList } from './command-list.ts';
import type { EngineLog } from './engine-log.ts';
import type { GlobalProfile } from './global-profile.ts';

/** A raw folder, decoded: all that is known before clocks are brought together. */
export interface RawCapture {
  readonly chip: Chip;
  readonly flavour: Flavour;
  readonly global: GlobalProfile;
  /** One for each iteration of a bmprofile folder, one alone for a cdm folder. Clocks of engines begin anew in each. */
  readonly sessions: readonly RawSession[];
}

export interface RawSession {
  readonly iteration: number;
  readonly logs: readonly EngineLog[];
  readonly commands: readonly CommandList[];
}
