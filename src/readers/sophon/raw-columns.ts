import type { TypedKeySpec } from '../../timeline/index.ts';
import type { Engine } from './chips.ts';

/** What is set of each slice of an engine. */
export const RAW_COLUMNS: readonly TypedKeySpec[] = [
  { key: 'Task Type', column: 'taskType', kind: 'text' },
  { key: 'Function Type', column: 'opType', kind: 'text' },
  { key: 'Layer', column: 'layer', kind: 'text' },
  { key: 'Cmd Id', column: 'commandId', kind: 'number' },
  { key: 'Waits For', column: 'waitsFor', kind: 'number' },
];

/** Their positions. */
export const RAW_COLUMN = { taskType: 0, opType: 1, layer: 2, commandId: 3, waitsFor: 4 } as const;

/** What ran a command, in the words of the vendor's own pictures. system: what keeps engines in step. */
export const TASK_TYPES: Readonly<Record<Engine | 'system', string>> = {
  tiu: 'TPU_BD',
  gdma: 'TPU_GDMA',
  sdma: 'TPU_SDMA',
  cdma: 'TPU_CDMA',
  system: 'TPU_SYS',
};
