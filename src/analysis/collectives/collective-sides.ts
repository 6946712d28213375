/**
 * What each rank saw of each communication op: from the tasks of its device, or where a capture holds no tasks, from the
 * figures that the profiler wrote down.
 */
import { jobsOf, NONE, type Run } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import type { DeviceId } from '../device-id.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { CLASS } from '../op-class.ts';
import { RunTexts, type TextId } from '../run-texts.ts';
import { tasksOfClass } from '../tasks-of-class.ts';
import { participantsOf } from './participants.ts';
import { type TableSide, tableSides } from './table-sides.ts';

/** Columns, one row for each op and participant, of each participant in the order of time. */
export interface CollectiveSides {
  /** The devices of the analysis first, then ranks of which there are only figures; these have device NONE. */
  readonly participants: readonly DeviceId[];
  /** By participant, which of them were captured together (timeline/jobs.ts). */
  readonly jobs: readonly number[];
  readonly length: number;
  /** Participant p has the sides [sideRange[p], sideRange[p + 1]). */
  readonly sideRange: Uint32Array;
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
  const sideRange = new Uint32Array(participants.length + 1);
  for (let each = 0; each < participants.length; each++) sideRange[each + 1] = sideRange[each] + counts[each];
  const columns = emptyColumns(sideRange[participants.length]);
  for (let participant = 0; participant < participants.length; participant++) {
    const from = sideRange[participant];
    columns.participant.fill(participant, from, sideRange[participant + 1]);
    const rows = told.get(participant) ?? [];
    /** By name: how many of the participant came before. */
    const seen = new Uint32Array(texts.length);
    if (participant >= devices.length) addRows(columns, from, rows, seen, isOnOneClock(run));
    else addTasks(columns, from, devices[participant].tasks, tasksOf[participant], rows, seen);
  }
  const jobs = jobsOf(
    participants.map(({ rank, capture }, each) => ({ rank, capture, time: devices[each]?.overlap.window })),
  );
  return { ...columns, sideRange, participants, jobs, texts };
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

function addRows(
  columns: Columns,
  from: number,
  rows: readonly TableSide[],
  seen: Uint32Array,
  isPlaced: boolean,
): void {
  for (const [at, table] of rows.entries()) {
    const row = from + at;
    columns.startNs[row] = isPlaced ? table.startNs : Number.NaN;
    columns.durNs[row] = table.elapseNs;
    columns.name[row] = table.name;
    columns.group[row] = table.group;
    columns.occurrence[row] = seen[table.name]++;
    columns.table[row] = table;
  }
}

/** The n-th task of a name is the n-th row of it. */
function addTasks(
  columns: Columns,
  from: number,
  { name, startNs, endNs }: DeviceTasks,
  own: Uint32Array,
  rows: readonly TableSide[],
  seen: Uint32Array,
): void {
  const rowsOf = new Map<TextId, TableSide[]>();
  for (const row of rows) {
    const ofName = rowsOf.get(row.name);
    if (ofName === undefined) rowsOf.set(row.name, [row]);
    else ofName.push(row);
  }
  for (let at = 0; at < own.length; at++) {
    const [task, row] = [own[at], from + at];
    const occurrence = seen[name[task]]++;
    const table = rowsOf.get(name[task])?.[occurrence];
    columns.task[row] = task;
    columns.startNs[row] = startNs[task];
    columns.durNs[row] = endNs[task] - startNs[task];
    columns.name[row] = name[task];
    columns.occurrence[row] = occurrence;
    if (table === undefined) continue;
    columns.group[row] = table.group;
    columns.table[row] = table;
  }
}

/** On the rows of groups; on streams only where there are no such rows, as each op would be there twice. */
function communicationTasks(tasks: DeviceTasks): Uint32Array {
  const isRow = tasks.streams.map(({ kind }) => kind === 'communication');
  const all = tasksOfClass(tasks, CLASS.communication);
  const ofGroups = all.filter((task) => isRow[tasks.stream[task]]);
  return ofGroups.length > 0 ? ofGroups : all;
}
