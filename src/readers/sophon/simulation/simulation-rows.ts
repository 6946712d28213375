import { NONE, type Table, TableBuilder } from '../../../timeline/index.ts';
import type { LayerRun } from '../layers/layer-map.ts';
import type { RawRows } from '../raw-rows.ts';
import type { KnownLog } from '../record-rows.ts';
import type { Simulation } from './simulation.ts';

export const SIMULATION = 'simulation';

/** Beside what was measured, from the time at which that begins. */
export function addSimulation(rows: RawRows, { commands }: Simulation, fromNs: number): void {
  const address = rows.addArgs({
    length: commands.length,
    argsOf: (command) => {
      const { layer, tiuId, gdmaId, sizeBytes } = commands[command];
      const size = sizeBytes === undefined ? {} : { 'DMA data size(B)': sizeBytes };
      return { Layer: layer, 'TIU Id': tiuId, 'GDMA Id': gdmaId, ...size };
    },
  });
  commands.forEach(({ engine, layer, op, startNs, endNs }, i) => {
    rows.addSlice({
      track: rows.thread(SIMULATION, engine),
      ...{ startNs: fromNs + startNs, endNs: fromNs + endNs + 1 },
      ...{ name: rows.string(op), category: rows.string(layer), address: address + i },
    });
  });
}

/** Busy time of each layer as the compiler expected it and as it was. undefined: no layer is in both. */
export function layerEstimates(
  { commands }: Simulation,
  path: string,
  runs: readonly LayerRun[],
  logs: readonly KnownLog[],
): Table | undefined {
  const times = new Map<number, LayerTimes>();
  for (const { engine, layer, startNs, endNs } of commands) {
    const id = Number(/_(\d+)$/.exec(layer)?.[1] ?? Number.NaN);
    if (Number.isNaN(id)) continue;
    const own = times.get(id) ?? { label: layer, predicted: [0, 0], measured: [0, 0] };
    own.predicted[engine === 'tiu' ? 0 : 1] += endNs + 1 - startNs;
    times.set(id, own);
  }
  let isMeasured = false;
  for (const { log, clock, layers } of logs) {
    for (let record = 0; record < log.length; record++) {
      const run = layers[record] === NONE ? undefined : runs[layers[record]];
      const own = run === undefined ? undefined : times.get(run.layerId);
      if (run === undefined || own === undefined) continue;
      own.label = run.label;
      own.measured[log.engine === 'tiu' ? 0 : 1] += clock.endNs(record) - clock.startNs(record);
      isMeasured = true;
    }
  }
  return isMeasured ? tableOf(times, path) : undefined;
}

interface LayerTimes {
  label: string;
  /** Of the TIU, and of what moves memory. */
  readonly predicted: [number, number];
  readonly measured: [number, number];
}

function tableOf(times: ReadonlyMap<number, LayerTimes>, path: string): Table {
  const table = new TableBuilder('layer-estimates', path);
  const [id, layer] = [table.addColumn('layerId', 'number'), table.addColumn('layer', 'text')];
  const columns = ['predictedTiuNs', 'measuredTiuNs', 'predictedDmaNs', 'measuredDmaNs'].map((name) =>
    table.addColumn(name, 'number'),
  );
  for (const [layerId, { label, predicted, measured }] of times) {
    table.nextRow();
    table.setNumber(id, layerId);
    table.setText(layer, table.strings.addText(label));
    [predicted[0], measured[0], predicted[1], measured[1]].forEach((ns, i) => table.setNumber(columns[i], ns));
  }
  return table.finish();
}
