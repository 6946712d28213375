import type { TypedKeySpec } from '../../timeline/index.ts';
import type { Engine } from './chips.ts';

/** By position: what RawTimeline sets of each slice. */
export const RAW_COLUMNS: readonly TypedKeySpec[] = [
  { key: 'Task Type', column: 'taskType', kind: 'text' },
  { key: 'Function Type', column: 'opType', kind: 'text' },
];

/** What ran a command, in the words of the vendor's own pictures. system: what keeps engines in step. */
export const TASK_TYPES: Readonly<Record<Engine | 'system', string>> = {
  tiu: 'TPU_BD',
  gdma: 'TPU_GDMA',
  sdma: 'TPU_SDMA',
  cdma: 'TPU_CDMA',
  system: 'TPU_SYS',
};
