import { NONE } from '../../../timeline/index.ts';
import type { RecordClock } from '../record-rows.ts';
import type { EngineLog } from '../engine-log.ts';
import type { RawRows } from '../raw-rows.ts';
import type { SessionLayers } from './session-layers.ts';
import type { LayerRun } from './layer-map.ts';

export const LAYERS = 'layers';

/** A slice for each run of a layer, from the first of its commands to the last, on any engine of its core. */
export function addLayers(
  rows: RawRows,
  logs: readonly EngineLog[],
  clocks: readonly RecordClock[],
  { runs, ofRecord }: SessionLayers,
): void {
  if (runs.length === 0) return;
  const startNs = new Float64Array(runs.length).fill(Number.POSITIVE_INFINITY);
  const endNs = new Float64Array(runs.length).fill(Number.NEGATIVE_INFINITY);
  const counts = new Uint32Array(runs.length);
  logs.forEach(({ length }, i) => {
    const [layers, clock] = [ofRecord[i], clocks[i]];
    for (let record = 0; record < length; record++) {
      const run = layers[record];
      if (run === NONE) continue;
      startNs[run] = Math.min(startNs[run], clock.startNs(record));
      endNs[run] = Math.max(endNs[run], clock.endNs(record));
      counts[run]++;
    }
  });
  const address = rows.addArgs({ length: runs.length, argsOf: (run) => argsOf(runs[run], counts[run]) });
  runs.forEach(({ label, type, core }, run) => {
    if (counts[run] === 0) return;
    rows.addSlice({
      track: rows.thread(`core${core}`, LAYERS),
      ...{ startNs: startNs[run], endNs: endNs[run] },
      ...{ name: rows.string(label), category: rows.string(type), address: address + run },
    });
  });
}

function argsOf(
  { type, layerId, isLocal, subnet, tiu, dma }: LayerRun,
  commandCount: number,
): Record<string, string | number> {
  return {
    'Layer Type': type,
    'Layer Id': layerId,
    Subnet: subnet,
    Group: isLocal ? 'local' : 'global',
    Commands: commandCount,
    ...(tiu.upTo > tiu.after ? { 'TIU Ids': `${tiu.after + 1}-${tiu.upTo}` } : {}),
    ...(dma.upTo > dma.after ? { 'DMA Ids': `${dma.after + 1}-${dma.upTo}` } : {}),
  };
}
