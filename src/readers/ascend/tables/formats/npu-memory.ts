import { DEVICE, number, type TableSpec, text, time } from '../table-spec.ts';

/** npu_mem: memory of the process (APP) and of the device, by kind of memory. */
export const npuMemory: TableSpec = {
  kind: 'memory',
  label: 'npu_mem',
  marks: ['component', 'time', 'ddrBytes', 'hbmBytes'],
  columns: [
    DEVICE,
    text('component', 'event'),
    number('ddrBytes', 'ddr'),
    number('hbmBytes', 'hbm'),
    number('totalBytes', 'memory'),
    time('time', 'timestamp'),
  ],
  counters: {
    process: 'NPU memory',
    component: 'component',
    time: 'time',
    series: { ddrBytes: 'DDR(B)', hbmBytes: 'HBM(B)', totalBytes: 'Memory(B)' },
  },
};
