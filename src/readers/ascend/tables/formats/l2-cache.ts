import { DEVICE, number, type TableSpec, text } from '../table-spec.ts';

/** l2_cache: one row per device task. */
export const l2Cache: TableSpec = {
  kind: 'l2-cache',
  label: 'l2_cache',
  marks: ['streamId', 'taskId', 'hitRate', 'victimRate'],
  nameColumn: 'name',
  columns: [
    DEVICE,
    number('streamId', 'Stream Id'),
    number('taskId', 'Task Id'),
    number('hitRate', 'Hit Rate'),
    number('victimRate', 'Victim Rate'),
    text('name', 'Op Name'),
  ],
};
