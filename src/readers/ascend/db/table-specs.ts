import type { TableKind } from '../../../timeline/index.ts';
import { BANDWIDTH_COLUMNS, COLLECTIVE_COLUMNS, LINK_COLUMNS, PACKET_COLUMNS } from '../communication/records.ts';
import { allocations } from '../tables/formats/allocations.ts';
import { coreUtilization } from '../tables/formats/core-utilization.ts';
import { memoryByAllocator, memoryByModule } from '../tables/formats/memory.ts';
import { stepTimes } from '../tables/formats/step-times.ts';
import { type ColumnSpec, DEVICE, number, text, time } from '../tables/table-spec.ts';

/**
 * Where the cells of a column come from. value: as they are. string: numbers of STRING_IDS. module: numbers of ENUM_MODULE.
 * step: `step50`. opType, selection: the parts of `allreduce-top1`.
 */
export interface CellSource {
  readonly column: string;
  readonly as: 'value' | 'string' | 'module' | 'step' | 'opType' | 'selection';
}

/** A table of a database, told in the headers of the same table as text: so names and units are the same. */
export interface TableSpec {
  readonly table: string;
  readonly kind: TableKind;
  readonly columns: readonly ColumnSpec[];
  /** By header, with its unit. */
  readonly from: Readonly<Record<string, CellSource>>;
  /** SQL that chooses the rows; without it all of them. */
  readonly where?: string;
}

const value = (column: string): CellSource => ({ column, as: 'value' });
const string = (column: string): CellSource => ({ column, as: 'string' });

const DEVICE_ID = { Device_id: value('deviceId') };
const SPAN_COLUMNS = [time('start', 'Start'), time('end', 'End')];
const SPAN = { 'Start(ns)': value('startNs'), 'End(ns)': value('endNs') };

/** Tables that stand beside the events of a capture. */
export const CAPTURE_TABLES: readonly TableSpec[] = [
  {
    table: 'STEP_TIME',
    kind: 'step-times',
    columns: [...stepTimes.columns, ...SPAN_COLUMNS],
    from: { Step: value('id'), ...SPAN },
  },
  {
    table: 'OVERLAP_ANALYSIS',
    kind: 'overlap',
    columns: [DEVICE, number('type', 'Type'), ...SPAN_COLUMNS],
    from: { ...DEVICE_ID, Type: value('type'), ...SPAN },
  },
  {
    table: 'MEMORY_RECORD',
    kind: 'memory',
    columns: memoryByAllocator.columns,
    from: {
      ...DEVICE_ID,
      Component: string('component'),
      'Timestamp(ns)': value('timestamp'),
      'Total Allocated(B)': value('totalAllocated'),
      'Total Reserved(B)': value('totalReserved'),
      'Total Active(B)': value('totalActive'),
      'Stream Ptr': value('streamPtr'),
    },
  },
  {
    table: 'NPU_MODULE_MEM',
    kind: 'memory',
    columns: memoryByModule.columns,
    from: {
      ...DEVICE_ID,
      Component: { column: 'moduleId', as: 'module' },
      'Timestamp(ns)': value('timestampNs'),
      'Total Reserved(B)': value('totalReserved'),
    },
  },
  {
    table: 'OP_MEMORY',
    kind: 'allocations',
    columns: allocations.columns,
    from: {
      ...DEVICE_ID,
      Name: string('name'),
      'Size(B)': value('size'),
      'Allocation Time(ns)': value('allocationTime'),
      'Release Time(ns)': value('releaseTime'),
      'Active Release Time(ns)': value('activeReleaseTime'),
      'Duration(ns)': value('duration'),
      'Active Duration(ns)': value('activeDuration'),
      'Allocation Total Allocated(B)': value('allocationTotalAllocated'),
      'Allocation Total Reserved(B)': value('allocationTotalReserved'),
      'Allocation Total Active(B)': value('allocationTotalActive'),
      'Release Total Allocated(B)': value('releaseTotalAllocated'),
      'Release Total Reserved(B)': value('releaseTotalReserved'),
      'Release Total Active(B)': value('releaseTotalActive'),
      'Stream Ptr': value('streamPtr'),
    },
  },
  {
    table: 'NPU_OP_MEM',
    kind: 'allocations',
    columns: [
      ...memoryByAllocator.columns,
      text('name', 'Name'),
      text('address', 'Address'),
      text('type', 'Type'),
      number('sizeBytes', 'Size'),
      text('globalTid', 'globalTid'),
    ],
    from: {
      ...DEVICE_ID,
      Name: string('operatorName'),
      Address: value('addr'),
      Type: string('type'),
      'Size(B)': value('size'),
      'Timestamp(ns)': value('timestampNs'),
      'Total Allocated(B)': value('totalAllocate'),
      'Total Reserved(B)': value('totalReserve'),
      Component: string('component'),
      globalTid: value('globalTid'),
    },
  },
  {
    table: 'SAMPLE_PMU_SUMMARY',
    kind: 'core-utilization',
    columns: [
      ...coreUtilization.columns,
      text('coreType', 'Core Type'),
      text('metric', 'Metric'),
      number('value', 'Value'),
    ],
    from: {
      ...DEVICE_ID,
      'Core ID': value('coreId'),
      'Core Type': string('coreType'),
      Metric: string('metric'),
      Value: value('value'),
    },
  },
];

const PLACE: TableSpec['from'] = {
  step: { column: 'step', as: 'step' },
  kind: value('type'),
  name: value('hccl_op_name'),
  group: value('group_name'),
};
const TRANSFER: TableSpec['from'] = {
  'Transport Type': value('transport_type'),
  'Transit Size(MB)': value('transit_size'),
  'Transit Time(ms)': value('transit_time'),
  'Bandwidth(GB/s)': value('bandwidth'),
};

/** The tables of `analysis.db`: what the analyser writes as text as well. */
export const ANALYSIS_TABLES: readonly TableSpec[] = [
  {
    table: 'StepTraceTime',
    kind: 'step-times',
    columns: stepTimes.columns,
    from: {
      ...DEVICE_ID,
      Step: value('step'),
      Computing: value('computing'),
      'Communication(Not Overlapped)': value('communication_not_overlapped'),
      Overlapped: value('overlapped'),
      Communication: value('communication'),
      Free: value('free'),
      Stage: value('stage'),
      Bubble: value('bubble'),
      'Communication(Not Overlapped and Exclude Receive)': value('communication_not_overlapped_and_exclude_receive'),
      Preparing: value('preparing'),
    },
  },
  {
    table: 'CommAnalyzerTime',
    kind: 'collectives',
    columns: COLLECTIVE_COLUMNS,
    from: {
      ...PLACE,
      'Start Timestamp(us)': value('start_timestamp'),
      'Elapse Time(ms)': value('elapse_time'),
      'Transit Time(ms)': value('transit_time'),
      'Wait Time(ms)': value('wait_time'),
      'Synchronization Time(ms)': value('synchronization_time'),
      'Idle Time(ms)': value('idle_time'),
    },
  },
  // A row per size of packet, each with the totals of its op and kind of link.
  {
    table: 'CommAnalyzerBandwidth',
    kind: 'bandwidth',
    columns: BANDWIDTH_COLUMNS,
    from: { ...PLACE, ...TRANSFER, 'Large Packet Ratio': value('large_packet_ratio') },
    where: `WHERE rowid IN (SELECT MIN(rowid) FROM CommAnalyzerBandwidth
      GROUP BY step, type, hccl_op_name, group_name, transport_type)`,
  },
  {
    table: 'CommAnalyzerBandwidth',
    kind: 'packets',
    columns: PACKET_COLUMNS,
    from: {
      ...PLACE,
      transport: value('transport_type'),
      'packet(MB)': value('package_size'),
      count: value('count'),
      'transit(ms)': value('total_duration'),
    },
    where: 'WHERE count > 0',
  },
  {
    table: 'CommAnalyzerMatrix',
    kind: 'links',
    columns: LINK_COLUMNS,
    from: {
      ...PLACE,
      opType: { column: 'hccl_op_name', as: 'opType' },
      selection: { column: 'hccl_op_name', as: 'selection' },
      // Where it says nothing, the name is the one above.
      'Op Name': value('op_name'),
      from: value('src_rank'),
      to: value('dst_rank'),
      ...TRANSFER,
    },
  },
];
