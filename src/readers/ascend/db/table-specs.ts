import type { TableKind } from '../../../timeline/index.ts';

/**
 * Where the values of a column come from. string: a number of STRING_IDS. module: a number of ENUM_MODULE. text: as it is.
 * time: ns since the epoch. timeUs: microseconds since the epoch. number: times the factor. rounded: the same, as whole ns or bytes.
 */
export interface TableColumnSpec {
  readonly name: string;
  readonly from: string;
  readonly as: 'string' | 'module' | 'text' | 'time' | 'timeUs' | 'number' | 'rounded';
  readonly factor?: number;
}

export interface TableSpec {
  readonly table: string;
  readonly kind: TableKind;
  readonly columns: readonly TableColumnSpec[];
}

const text = (name: string, from: string): TableColumnSpec => ({ name, from, as: 'text' });
const string = (name: string, from = name): TableColumnSpec => ({ name, from, as: 'string' });
const number = (name: string, from = name, factor = 1): TableColumnSpec => ({ name, from, as: 'number', factor });
const time = (name: string, from = name): TableColumnSpec => ({ name, from, as: 'time' });
const scaled = (factor: number) => {
  return (name: string, from: string): TableColumnSpec => ({ name, from, as: 'rounded', factor });
};
/** What the analyser writes: µs, ms, and MB of a million bytes. */
const us = scaled(1e3);
const ms = scaled(1e6);
const megabytes = scaled(1e6);
const perSecond = (name: string, from: string): TableColumnSpec => scaled(1e9)(name, from);

/** Tables that stand beside the events of a capture. */
export const CAPTURE_TABLES: readonly TableSpec[] = [
  {
    table: 'STEP_TIME',
    kind: 'step-times',
    columns: [text('step', 'id'), time('startNs'), time('endNs')],
  },
  {
    table: 'OVERLAP_ANALYSIS',
    kind: 'overlap',
    columns: [number('device', 'deviceId'), number('type'), time('startNs'), time('endNs')],
  },
  {
    table: 'MEMORY_RECORD',
    kind: 'memory',
    columns: [
      string('component'),
      time('timeNs', 'timestamp'),
      number('allocatedBytes', 'totalAllocated'),
      number('reservedBytes', 'totalReserved'),
      number('activeBytes', 'totalActive'),
      text('stream', 'streamPtr'),
      number('device', 'deviceId'),
    ],
  },
  {
    table: 'NPU_MODULE_MEM',
    kind: 'memory',
    columns: [
      { name: 'component', from: 'moduleId', as: 'module' },
      time('timeNs', 'timestampNs'),
      number('reservedBytes', 'totalReserved'),
      number('device', 'deviceId'),
    ],
  },
  {
    table: 'OP_MEMORY',
    kind: 'allocations',
    columns: [
      string('name'),
      number('sizeBytes', 'size'),
      time('allocationNs', 'allocationTime'),
      time('releaseNs', 'releaseTime'),
      time('activeReleaseNs', 'activeReleaseTime'),
      number('durNs', 'duration'),
      number('activeDurNs', 'activeDuration'),
      number('allocationAllocatedBytes', 'allocationTotalAllocated'),
      number('allocationReservedBytes', 'allocationTotalReserved'),
      number('allocationActiveBytes', 'allocationTotalActive'),
      number('releaseAllocatedBytes', 'releaseTotalAllocated'),
      number('releaseReservedBytes', 'releaseTotalReserved'),
      number('releaseActiveBytes', 'releaseTotalActive'),
      text('stream', 'streamPtr'),
      number('device', 'deviceId'),
    ],
  },
  {
    table: 'NPU_OP_MEM',
    kind: 'allocations',
    columns: [
      string('name', 'operatorName'),
      text('address', 'addr'),
      string('type'),
      number('sizeBytes', 'size'),
      time('timeNs', 'timestampNs'),
      number('allocatedBytes', 'totalAllocate'),
      number('reservedBytes', 'totalReserve'),
      string('component'),
      text('globalTid', 'globalTid'),
      number('device', 'deviceId'),
    ],
  },
  {
    table: 'SAMPLE_PMU_SUMMARY',
    kind: 'core-utilization',
    columns: [
      number('device', 'deviceId'),
      string('metric'),
      number('value'),
      number('core', 'coreId'),
      string('coreType'),
    ],
  },
];

/** The tables of `analysis.db`. */
export const ANALYSIS_TABLES: readonly TableSpec[] = [
  {
    table: 'StepTraceTime',
    kind: 'step-times',
    columns: [
      text('step', 'step'),
      number('device', 'deviceId'),
      us('computingNs', 'computing'),
      us('exposedCommunicationNs', 'communication_not_overlapped'),
      us('overlappedNs', 'overlapped'),
      us('communicationNs', 'communication'),
      us('freeNs', 'free'),
      us('stageNs', 'stage'),
      us('bubbleNs', 'bubble'),
      us('exposedCommunicationWithoutReceiveNs', 'communication_not_overlapped_and_exclude_receive'),
      us('preparingNs', 'preparing'),
    ],
  },
  {
    table: 'CommAnalyzerTime',
    kind: 'collectives',
    columns: [
      text('step', 'step'),
      text('type', 'type'),
      text('name', 'hccl_op_name'),
      text('group', 'group_name'),
      { name: 'startNs', from: 'start_timestamp', as: 'timeUs' },
      ms('elapsedNs', 'elapse_time'),
      ms('transitNs', 'transit_time'),
      ms('waitNs', 'wait_time'),
      ms('synchronizationNs', 'synchronization_time'),
      ms('idleNs', 'idle_time'),
    ],
  },
  {
    table: 'CommAnalyzerBandwidth',
    kind: 'bandwidth',
    columns: [
      text('step', 'step'),
      text('type', 'type'),
      text('name', 'hccl_op_name'),
      text('group', 'group_name'),
      text('transport', 'transport_type'),
      megabytes('transitBytes', 'transit_size'),
      ms('transitNs', 'transit_time'),
      perSecond('bytesPerSecond', 'bandwidth'),
      number('largePacketRatio', 'large_packet_ratio'),
      megabytes('packetBytes', 'package_size'),
      number('count'),
      ms('totalNs', 'total_duration'),
    ],
  },
  {
    table: 'CommAnalyzerMatrix',
    kind: 'links',
    columns: [
      text('step', 'step'),
      text('type', 'type'),
      text('selection', 'hccl_op_name'),
      text('name', 'op_name'),
      text('group', 'group_name'),
      text('sourceRank', 'src_rank'),
      text('targetRank', 'dst_rank'),
      text('transport', 'transport_type'),
      megabytes('transitBytes', 'transit_size'),
      ms('transitNs', 'transit_time'),
      perSecond('bytesPerSecond', 'bandwidth'),
    ],
  },
];
