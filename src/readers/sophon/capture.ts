import type { Place } from '../../base/index.ts';
import type { Chip } from './chips.ts';
import type { CommandList } from './command-list.ts';
import type { EngineLog } from './engine-log.ts';
import type { GlobalProfile } from './global-profile.ts';
import type { HostEvent } from './host/host-log.ts';
import type { LayerRun } from './layers/layer-map.ts';
import type { McuLog } from './mcu/mcu-log.ts';
import type { Simulation } from './simulation/simulation.ts';

/** A raw folder, decoded: all that is known before clocks are brought together. */
export interface RawCapture {
  readonly chip: Chip;
  readonly global: GlobalProfile;
  /** One for each iteration of a bmprofile folder, one alone for a cdm folder. In each, clocks of engines begin anew. */
  readonly sessions: readonly RawSession[];
  /** Empty where nothing tells them. */
  readonly layers: readonly LayerRun[];
  readonly simulation: { readonly path: string; readonly read: Simulation } | undefined;
}

export interface RawSession {
  readonly iteration: number;
  readonly place: Place;
  /** What the host says of it; undefined where it says nothing. */
  readonly host: HostSpan | undefined;
  readonly hostEvents: readonly HostEvent[];
  readonly logs: readonly EngineLog[];
  readonly commands: readonly CommandList[];
  /** What the microcontrollers of the cores wrote down. */
  readonly mcu: readonly McuLog[];
}

/** Microseconds since the epoch, with setting up and reading back, so it is no latency of the model. */
export interface HostSpan {
  readonly beginMicros: bigint;
  readonly endMicros: bigint;
  readonly subnet: number;
}
