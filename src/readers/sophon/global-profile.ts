import type { Flavour } from './chips.ts';

/** A command as the compiler lists it; the layer is the one listed before it. */
export interface CompiledCommand {
  readonly engine: 'tiu' | 'gdma';
  readonly core: number;
  /** Counters of both engines: one is its own id, the other what it waits for (BM1684X only). */
  readonly tiuId: number;
  readonly gdmaId: number;
  readonly layer: number;
}

export interface CompiledLayer {
  readonly id: number;
  /** As 'Conv2D', or a number where the compiler wrote one. */
  readonly type: string;
  readonly name: string;
  /** In a group of layers that share local memory. */
  readonly isLocal: boolean;
  readonly subnet: number;
}

/** The text that every raw folder has. */
export interface GlobalProfile {
  readonly flavour: Flavour;
  /** `key=value` lines that stand alone, as arch, tpu_freq, core0_tiu_record. */
  readonly values: ReadonlyMap<string, string>;
  readonly isBmodel: boolean;
  readonly layers: readonly CompiledLayer[];
  readonly commands: readonly CompiledCommand[];
}
