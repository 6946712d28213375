/** Steps that stand in the time of the device: iterations of graphs, and ops whose names a user gives. */
import { NONE, rankOf, type Run, type Table } from '../../timeline/index.ts';
import { type DeviceId, deviceIdOf } from '../device-id.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { fits, iterationSlices } from './host-marks.ts';
import { isSameOwner, outermost, type StepMark, untilNext } from './step-mark.ts';

/**
 * Iterations of graphs, from the tables of step_trace and the timeline beside it. A table that names another device is
 * left out.
 */
export function graphIterations(run: Run, device: DeviceId): StepMark[] {
  return outermost([...ofTables(run, device, 'iterations', iterationOf), ...iterationSlices(run, device)]);
}

/** Steps of the framework as its database keeps them, on the clock of the host. */
export function recordedSteps(run: Run, device: DeviceId): StepMark[] {
  return outermost(ofTables(run, device, 'step-times', stepTimeOf));
}

/** Each op whose name or type fits begins a step, which lasts until the next. */
export function opsMarkedBy(tasks: DeviceTasks, marker: RegExp): StepMark[] {
  const { length, name, type, texts, startNs } = tasks;
  const isMark: (boolean | undefined)[] = [];
  const isMarkText = (text: number): boolean => (isMark[text] ??= fits(texts.get(text), marker));
  const moments: Omit<StepMark, 'endNs'>[] = [];
  for (let task = 0; task < length; task++) {
    if (!isMarkText(name[task]) && !isMarkText(type[task])) continue;
    moments.push({ number: undefined, name: texts.get(name[task]), startNs: startNs[task] });
  }
  return untilNext(moments);
}

type RowReader = (table: Table, numberAt: (column: string) => number, row: number) => StepMark | undefined;

function ofTables(run: Run, device: DeviceId, kind: Table['kind'], read: RowReader): StepMark[] {
  return run.shards.flatMap((shard) => {
    if (!isSameOwner(deviceIdOf(shard, { rank: rankOf(shard), device: NONE }), device)) return [];
    return shard.timeline.tables
      .filter((table) => table.kind === kind)
      .flatMap((table) => {
        const offsetNs = Number(table.originNs - run.originNs) + shiftOf(run, shard);
        return Array.from({ length: table.rowCount }, (_, row) => {
          const numberAt = (column: string): number => numberIn(table, column, row);
          const own = numberAt('device');
          const owner = Number.isNaN(own) ? (table.device ?? device.device) : own;
          const mark = owner === device.device || device.device === NONE ? read(table, numberAt, row) : undefined;
          return mark && { ...mark, startNs: mark.startNs + offsetNs, endNs: mark.endNs + offsetNs };
        }).filter((mark) => mark !== undefined);
      });
  });
}

/** How far the shard was moved against its own clock. */
function shiftOf(run: Run, { shiftNs, timeline }: Run['shards'][number]): number {
  return shiftNs - Number(timeline.originNs - run.originNs);
}

const iterationOf: RowReader = (_table, numberAt) => {
  const endNs = numberAt('iterationEnd');
  const startNs = endNs - numberAt('iterationNs');
  return Number.isNaN(startNs) ? undefined : { number: `${numberAt('iteration')}`, name: '', startNs, endNs };
};

const stepTimeOf: RowReader = (table, numberAt, row) => {
  const [startNs, endNs] = [numberAt('start'), numberAt('end')];
  const step = table.columns.find(({ name }) => name === 'step');
  const number = step?.kind === 'text' && step.values[row] !== NONE ? table.strings.get(step.values[row]) : undefined;
  return Number.isNaN(startNs) || Number.isNaN(endNs) ? undefined : { number, name: '', startNs, endNs };
};

/** A number or a time from the table's origin; NaN where there is none. */
function numberIn(table: Table, name: string, row: number): number {
  const column = table.columns.find((each) => each.name === name);
  return column === undefined || column.kind === 'text' ? Number.NaN : column.values[row];
}
