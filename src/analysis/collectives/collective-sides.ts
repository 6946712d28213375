/**
 * What each rank saw of each communication op: from the tasks of its device, or where a capture holds no tasks, from the
 * figures that the profiler wrote down.
 */
import { jobsOf, NONE, Occurrences, type Run } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import type { DeviceId } from '../device-id.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { CLASS } from '../op-class.ts';
import { RunTexts } from '../run-texts.ts';
import { participantsOf } from './participants.ts';
import { type TableSide, tableSides } from './table-sides.ts';

/** Columns, one row for each op and participant, of each participant in the order of time. */
export interface CollectiveSides {
  /** The devices of the analysis first, then ranks of which there are only figures; these have device NONE. */
  readonly participants: readonly DeviceId[];
  /** By participant, which of them were captured together (timeline/jobs.ts). */
  readonly jobs: readonly number[];
  readonly length: number;
  readonly participant: Uint32Array;
  /** Of the participant's device; NONE where only a table knows of the op. */
  readonly task: Int32Array;
  /** From the run's origin; NaN where nothing puts the rank's clock on that of the run. */
  readonly startNs: Float64Array;
  readonly durNs: Float64Array;
  readonly name: Int32Array;
  /** The number of the group of ranks; NONE where no table tells it. */
  readonly group: Int32Array;
  /** How many of the name and participant came before. */
  readonly occurrence: Uint32Array;
  readonly texts: RunTexts;
  /** What a table says of the op. */
  readonly table: readonly (TableSide | undefined)[];
}

export function collectiveSides({ run, devices }: RunAnalysis): CollectiveSides {
  const texts = devices[0]?.tasks.texts ?? new RunTexts();
  const participants = participantsOf(
    run,
    devices.map(({ tasks }) => tasks),
  );
  const told = tableSides(run, participants, texts);
  const tasksOf = devices.map(({ tasks }) => communicationTasks(tasks));
  const counts = participants.map((_, each) => tasksOf[each]?.length ?? told.get(each)?.length ?? 0);
  const columns = emptyColumns(counts.reduce((sum, count) => sum + count, 0));
  let row = 0;
  for (let participant = 0; participant < participants.length; participant++) {
    columns.participant.fill(participant, row, row + counts[participant]);
    const rows = told.get(participant) ?? [];
    if (participant < devices.length) addTasks(columns, row, devices[participant].tasks, tasksOf[participant], rows);
    else addRows(columns, row, rows, isOnOneClock(run));
    row += counts[participant];
  }
  const jobs = jobsOf(
    participants.map(({ rank, capture }, each) => ({ rank, capture, time: devices[each]?.overlap.window })),
  );
  return { ...columns, participants, jobs, texts };
}

/** Figures are on the clock of their rank, and nothing places those that come without a timeline on another. */
function isOnOneClock({ alignment }: Run): boolean {
  return alignment === undefined || alignment.method === 'clock';
}

type Columns = ReturnType<typeof emptyColumns>;

function emptyColumns(length: number) {
  return {
    length,
    participant: new Uint32Array(length),
    task: new Int32Array(length).fill(NONE),
    startNs: new Float64Array(length),
    durNs: new Float64Array(length),
    name: new Int32Array(length),
    group: new Int32Array(length).fill(NONE),
    occurrence: new Uint32Array(length),
    table: new Array<TableSide | undefined>(length).fill(undefined),
  };
}

function addRows(columns: Columns, from: number, rows: readonly TableSide[], isPlaced: boolean): void {
  const occurrences = new Occurrences<number>();
  rows.forEach((table, at) => {
    const row = from + at;
    columns.startNs[row] = isPlaced ? table.startNs : Number.NaN;
    columns.durNs[row] = table.elapseNs;
    columns.name[row] = table.name;
    columns.group[row] = table.group;
    columns.occurrence[row] = occurrences.next(table.name);
    columns.table[row] = table;
  });
}

function addTasks(
  columns: Columns,
  from: number,
  { name, startNs, endNs }: DeviceTasks,
  own: readonly number[],
  rows: readonly TableSide[],
): void {
  const rowOf = new Map<number, TableSide>();
  const ofRows = new Occurrences<number>();
  for (const row of rows) rowOf.set(occurrenceKey(row.name, ofRows.next(row.name)), row);
  const occurrences = new Occurrences<number>();
  own.forEach((task, at) => {
    const row = from + at;
    const occurrence = occurrences.next(name[task]);
    const table = rowOf.get(occurrenceKey(name[task], occurrence));
    columns.task[row] = task;
    columns.startNs[row] = startNs[task];
    columns.durNs[row] = endNs[task] - startNs[task];
    columns.name[row] = name[task];
    columns.group[row] = table?.group ?? NONE;
    columns.occurrence[row] = occurrence;
    columns.table[row] = table;
  });
}

/** One number for both. */
export function occurrenceKey(text: number, occurrence: number): number {
  return text * 2 ** 27 + occurrence;
}

/** On the rows of groups; on streams only where there are no such rows, as each op would be there twice. */
function communicationTasks({ length, opClass, stream, streams }: DeviceTasks): number[] {
  const ofGroups: number[] = [];
  const ofStreams: number[] = [];
  for (let task = 0; task < length; task++) {
    if (opClass[task] !== CLASS.communication) continue;
    (streams[stream[task]].kind === 'communication' ? ofGroups : ofStreams).push(task);
  }
  return ofGroups.length > 0 ? ofGroups : ofStreams;
}
