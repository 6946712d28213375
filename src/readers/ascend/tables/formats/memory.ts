import { DEVICE, number, type TableSpec, text, time } from '../table-spec.ts';

/** Where only the freeing of memory was seen, exporters write -1. */
const unknownBelowZero = { isNegativeNone: true } as const;

/** memory_record (by allocator) and npu_module_mem (by component of CANN), in KB from msprof and in MB from torch_npu. */
export const memory: TableSpec = {
  kind: 'memory',
  label: 'memory_record or npu_module_mem',
  marks: ['component', 'time', 'reservedBytes'],
  columns: [
    DEVICE,
    text('component', 'Component'),
    time('time', 'Timestamp'),
    number('allocatedBytes', 'Total Allocated', unknownBelowZero),
    number('reservedBytes', 'Total Reserved', unknownBelowZero),
    number('activeBytes', 'Total Active', unknownBelowZero),
    text('streamPointer', 'Stream Ptr'),
  ],
  counters: {
    component: 'component',
    time: 'time',
    series: { allocatedBytes: 'Allocated(B)', reservedBytes: 'Reserved(B)', activeBytes: 'Active(B)' },
  },
};
