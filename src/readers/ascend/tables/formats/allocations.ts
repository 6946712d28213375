import { DEVICE, number, type TableSpec, text, time } from '../table-spec.ts';

/**
 * operator_memory: one row per allocation. The size of memory freed whose allocation was not seen is negative. Its running
 * totals are not drawn: they are the samples of memory_record once more.
 */
export const allocations: TableSpec = {
  kind: 'allocations',
  label: 'operator_memory',
  marks: ['name', 'sizeBytes', 'allocationTime', 'durationNs'],
  nameColumn: 'name',
  columns: [
    DEVICE,
    text('name', 'Name'),
    number('sizeBytes', 'Size'),
    time('allocationTime', 'Allocation Time'),
    time('releaseTime', 'Release Time'),
    time('activeReleaseTime', 'Active Release Time'),
    number('durationNs', 'Duration'),
    number('activeDurationNs', 'Active Duration'),
    number('allocatedBytesAtAllocation', 'Allocation Total Allocated'),
    number('reservedBytesAtAllocation', 'Allocation Total Reserved'),
    number('activeBytesAtAllocation', 'Allocation Total Active'),
    number('allocatedBytesAtRelease', 'Release Total Allocated'),
    number('reservedBytesAtRelease', 'Release Total Reserved'),
    number('activeBytesAtRelease', 'Release Total Active'),
    text('streamPointer', 'Stream Ptr'),
  ],
};
