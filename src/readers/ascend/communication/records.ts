import { type ColumnSpec, number, text, time } from '../tables/table-spec.ts';

/** Where a record stands in its document. */
const PLACE: readonly ColumnSpec[] = [
  text('step', 'step'),
  text('kind', 'kind'),
  text('ranks', 'ranks'),
  number('rank', 'rank'),
  text('name', 'name', 'Op Name'),
  text('group', 'group'),
];

const TRANSFER: readonly ColumnSpec[] = [
  text('transport', 'transport', 'Transport Type'),
  number('sizeBytes', 'Transit Size'),
  number('transitNs', 'Transit Time'),
  number('bandwidthBytesPerSecond', 'Bandwidth'),
];

/** `Communication Time Info`. */
export const COLLECTIVE_COLUMNS: readonly ColumnSpec[] = [
  ...PLACE,
  time('start', 'Start Timestamp'),
  number('elapseNs', 'Elapse Time'),
  number('transitNs', 'Transit Time'),
  number('waitNs', 'Wait Time'),
  number('synchronizationNs', 'Synchronization Time'),
  number('idleNs', 'Idle Time'),
  number('waitRatio', 'Wait Time Ratio'),
  number('synchronizationRatio', 'Synchronization Time Ratio'),
];

/** `Communication Bandwidth Info`, by kind of link. */
export const BANDWIDTH_COLUMNS: readonly ColumnSpec[] = [
  ...PLACE,
  ...TRANSFER,
  number('largePacketRatio', 'Large Packet Ratio'),
];

/** `Size Distribution` of one kind of link. */
export const PACKET_COLUMNS: readonly ColumnSpec[] = [
  ...PLACE,
  text('transport', 'transport'),
  number('packetBytes', 'packet'),
  number('count', 'count'),
  number('transitNs', 'transit'),
];

export const LINK_COLUMNS: readonly ColumnSpec[] = [
  ...PLACE,
  text('opType', 'opType'),
  text('selection', 'selection'),
  number('fromRank', 'from'),
  number('toRank', 'to'),
  ...TRANSFER,
];

export const GROUP_COLUMNS: readonly ColumnSpec[] = [
  text('kind', 'kind', 'type'),
  text('name', 'name', 'pg_name'),
  text('group', 'group', 'group_name'),
  text('groupId', 'group_id'),
  number('groupRank', 'group_rank'),
  text('ranks', 'ranks'),
  number('rankCount', 'rankCount'),
];
