import { DEVICE, number, type TableSpec, text, time } from '../table-spec.ts';

/** Where only the freeing of memory was seen, exporters write -1. */
const reserved = number('reservedBytes', 'Total Reserved', { isNegativeNone: true });

/** memory_record: memory by allocator, in KB from msprof and in MB from torch_npu. */
export const memoryByAllocator: TableSpec = {
  kind: 'memory',
  label: 'memory_record',
  marks: ['component', 'time', 'reservedBytes', 'allocatedBytes'],
  columns: [
    DEVICE,
    text('component', 'Component'),
    time('time', 'Timestamp'),
    number('allocatedBytes', 'Total Allocated', { isNegativeNone: true }),
    reserved,
    number('activeBytes', 'Total Active', { isNegativeNone: true }),
    text('streamPointer', 'Stream Ptr'),
  ],
  counters: {
    process: 'Memory',
    component: 'component',
    time: 'time',
    series: { allocatedBytes: 'Allocated(B)', reservedBytes: 'Reserved(B)', activeBytes: 'Active(B)' },
  },
};

/** npu_module_mem: memory by component of CANN, used or not, which counts some of it otherwise. Units as above. */
export const memoryByModule: TableSpec = {
  kind: 'memory',
  label: 'npu_module_mem',
  marks: ['component', 'time', 'reservedBytes'],
  without: ['allocatedBytes'],
  columns: [
    DEVICE,
    text('component', 'Component'),
    time('time', 'Timestamp'),
    reserved,
    // Only to tell the two apart.
    number('allocatedBytes', 'Total Allocated'),
  ],
  counters: {
    process: 'Memory of modules',
    component: 'component',
    time: 'time',
    series: { reservedBytes: 'Reserved(B)' },
  },
};
