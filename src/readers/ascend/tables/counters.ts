import { NONE, type Table, type TableColumn, type TimelineBuilder } from '../../../timeline/index.ts';
import type { CounterSpec } from './table-spec.ts';

/** Components of one device. */
const MOST_COMPONENTS = 2 ** 24;

interface Series {
  readonly name: string;
  readonly values: ArrayLike<number>;
  readonly trackOf: Map<number, number>;
}

/** Draws columns of a table: every cell that holds something is a sample of its component. */
export function addCounters(builder: TimelineBuilder, table: Table, spec: CounterSpec): void {
  const [time, component, device] = [spec.time, spec.component, 'device'].map((name) => columnOf(table, name));
  if (time === undefined) return;
  const series = Object.entries(spec.series).flatMap(([column, name]): Series[] => {
    const values = columnOf(table, column)?.values;
    return values === undefined ? [] : [{ name, values, trackOf: new Map() }];
  });
  const originMicros = Number(table.originNs / 1000n);
  const originNanos = Number(table.originNs % 1000n);
  for (let row = 0; row < table.rowCount; row++) {
    if (Number.isNaN(time.values[row])) continue;
    const sinceMicro = originNanos + time.values[row];
    const micros = originMicros + Math.floor(sinceMicro / 1000);
    const rows = builder.rowsAt(micros, 0);
    const componentId = component?.values[row] ?? NONE;
    const deviceNumber = device?.values[row] ?? Number.NaN;
    for (const each of series) {
      if (Number.isNaN(each.values[row])) continue;
      const key = (Number.isNaN(deviceNumber) ? 0 : deviceNumber + 1) * MOST_COMPONENTS + componentId + 1;
      let track = each.trackOf.get(key);
      if (track === undefined) {
        const text = componentId === NONE ? '' : table.strings.get(componentId);
        track = trackOf(builder, spec.process, Number.isNaN(deviceNumber) ? 0 : deviceNumber, text, each.name);
        each.trackOf.set(key, track);
      }
      const sample = rows.counters.next();
      rows.counters.columns.track[sample] = track;
      rows.counters.columns.timeNs[sample] = rows.offsetNs(micros, sinceMicro % 1000);
      rows.counters.columns.value[sample] = each.values[row];
    }
  }
}

function columnOf(table: Table, name: string): TableColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

/** The counter of a component in the memory of a device. */
function trackOf(
  { keys, tracks }: TimelineBuilder,
  name: string,
  device: number,
  component: string,
  series: string,
): number {
  const pid = keys.addText(`${name} ${device}`);
  const process = tracks.processes[tracks.process(pid)];
  process.name = name;
  process.label = `NPU ${device}`;
  return tracks.counter(pid, component, series);
}
