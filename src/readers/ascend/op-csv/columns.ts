import type { TypedKeySpec } from '../../../timeline/index.ts';

/** Cells with a meaning of their own, by the names they have had. */
const NAME_COLUMN = ['Op Name', 'Name', 'kernel_name'];
const START_COLUMN = ['Task Start Time(us)', 'Start Time(us)', 'Task Start Time', 'Start Time', 'task_start(us)'];
const DURATION_COLUMN = ['Task Duration(us)', 'Duration(us)', 'Task Duration', 'Duration', 'task_time(us)'];
export const WAIT_COLUMN = ['Task Wait Time(us)', 'Wait Time(us)'];
const DEVICE_COLUMN = ['Device_id', 'Device Id'];
const STREAM_COLUMN = ['Stream ID', 'stream_id'];
const OP_TYPE_COLUMN = ['OP Type', 'Type'];
const TASK_TYPE_COLUMN = ['Task Type', 'Accelerator Core', 'kernel_type'];

/** Columns of typed args. Those the timeline has as well bear its names. */
export const OP_COLUMNS: readonly TypedKeySpec[] = [
  { key: 'Stream ID', column: 'streamId', kind: 'number' },
  { key: 'stream_id', column: 'streamId', kind: 'number' },
  { key: 'Task ID', column: 'taskId', kind: 'number' },
  { key: 'task_id', column: 'taskId', kind: 'number' },
  { key: 'Task Type', column: 'taskType', kind: 'text' },
  { key: 'Accelerator Core', column: 'taskType', kind: 'text' },
  { key: 'kernel_type', column: 'taskType', kind: 'text' },
  { key: 'OP Type', column: 'opType', kind: 'text' },
  { key: 'Type', column: 'opType', kind: 'text' },
  { key: 'Step Id', column: 'step', kind: 'number' },
  { key: 'Block Num', column: 'blockCount', kind: 'number' },
  { key: 'Block Dim', column: 'blockCount', kind: 'number' },
  { key: 'Mix Block Num', column: 'mixBlockCount', kind: 'number' },
  { key: 'Mix Block Dim', column: 'mixBlockCount', kind: 'number' },
  { key: 'Input Shapes', column: 'inputShapes', kind: 'text' },
  { key: 'Input Data Types', column: 'inputTypes', kind: 'text' },
  { key: 'Input Formats', column: 'inputFormats', kind: 'text' },
  { key: 'Output Shapes', column: 'outputShapes', kind: 'text' },
  { key: 'Output Data Types', column: 'outputTypes', kind: 'text' },
  { key: 'Output Formats', column: 'outputFormats', kind: 'text' },
  { key: 'Model ID', column: 'modelId', kind: 'number' },
  { key: 'Infer ID', column: 'inferId', kind: 'number' },
];

/** The header of an op table: which cell holds what. -1 where there is no such column. */
export interface OpHeader {
  readonly names: readonly string[];
  readonly name: number;
  readonly start: number;
  readonly duration: number;
  readonly device: number;
  readonly stream: number;
  readonly taskType: number;
  /** Tables of ops have a column of their types, tables of tasks have none. */
  readonly hasOpTypes: boolean;
  /** By cell: the index among OP_COLUMNS, or -1. */
  readonly spec: Int32Array;
}

/** undefined where the cells are no header of an op table. */
export function opHeader(names: readonly string[]): OpHeader | undefined {
  const cellOf = (spellings: readonly string[]): number => names.findIndex((name) => spellings.includes(name));
  const header = {
    names,
    name: cellOf(NAME_COLUMN),
    start: cellOf(START_COLUMN),
    duration: cellOf(DURATION_COLUMN),
    device: cellOf(DEVICE_COLUMN),
    stream: cellOf(STREAM_COLUMN),
    taskType: cellOf(TASK_TYPE_COLUMN),
    hasOpTypes: cellOf(OP_TYPE_COLUMN) >= 0,
    spec: Int32Array.from(names, (name) => OP_COLUMNS.findIndex(({ key }) => key === name)),
  };
  return Math.min(header.name, header.start, header.duration, header.taskType) < 0 ? undefined : header;
}

/** How profilers spell that a cell holds nothing. */
export function isNothing(b: Uint8Array, from: number, to: number): boolean {
  return from === to || (to - from === 3 && b[from] === 0x4e && b[from + 1] === 0x2f && b[from + 2] === 0x41);
}
