import { ENGINES_LABEL, NONE, type TrackNaming } from '../../timeline/index.ts';
import { ENGINES, type Engine } from './chips.ts';
import { HOST } from './host/host-rows.ts';
import { LAYERS } from './layers/layer-rows.ts';
import { MCU } from './mcu/mcu-rows.ts';
import { SIMULATION } from './simulation/simulation-rows.ts';

/** The process of the ports between chips, which belong to no core. */
export const CDMA = 'cdma';

/** Numbers that the vendor's listings give engines. */
const ENGINE_NUMBERS: Readonly<Record<Engine, number>> = { tiu: 0, gdma: 1, sdma: 3, cdma: 4 };

/** A process for each core, with tracks for its engines, the layers that ran on it, and its microcontroller. */
export function rawNaming({ rank, device }: { readonly rank: number; readonly device: number }): TrackNaming {
  return {
    process({ key }) {
      const [osPid, label] = [undefined, ''];
      if (key === HOST) return { name: 'Host', label, side: 'host', osPid, rank, device: NONE };
      if (key === SIMULATION)
        return { name: 'Simulation (compiler)', label, side: 'unknown', osPid, rank, device: NONE };
      const name = key === CDMA ? 'CDMA' : `Core ${key.slice('core'.length)}`;
      return { name, label: ENGINES_LABEL, side: 'device', osPid, rank, device };
    },
    track({ key, kind, name, series }, process) {
      if (kind === 'counter') return { kind: 'counter', name, stream: NONE, unit: series };
      if (process.side === 'host') return { kind: 'thread', name: key, stream: NONE, unit: '' };
      const engine = ENGINES.find((each) => key.startsWith(each));
      if (engine === undefined) return { kind: 'other', name: OTHER_NAMES[key] ?? key, stream: NONE, unit: '' };
      const label = engine === 'cdma' ? `CDMA ${key.slice(CDMA.length)}` : engine.toUpperCase();
      if (process.side === 'unknown') return { kind: 'other', name: label, stream: NONE, unit: '' };
      return { kind: 'stream', name: label, stream: ENGINE_NUMBERS[engine], unit: '' };
    },
  };
}

const OTHER_NAMES: Readonly<Record<string, string>> = { [LAYERS]: 'Layers', [MCU]: 'MCU' };
