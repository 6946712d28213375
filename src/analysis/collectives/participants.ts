import { NONE, rankOf, type Run, type Shard, type Table } from '../../timeline/index.ts';
import type { DeviceId } from '../device-id.ts';
import { numberCell, textCell } from '../vendor-figure.ts';

/** The devices, and then the ranks of which there are only figures; these have device NONE. */
export function participantsOf({ shards }: Run, devices: readonly DeviceId[]): DeviceId[] {
  const all = devices.map(({ rank, device, capture }) => ({ rank, device, capture }));
  for (const shard of shards) {
    for (const table of shard.timeline.tables) {
      if (table.kind !== 'collectives' && table.kind !== 'step-times') continue;
      for (let row = 0; row < table.rowCount; row++) {
        if (isOfStage(table, row) || participantAt(all, shard, table, row) >= 0) continue;
        all.push({ rank: rankAt(shard, table, row), device: NONE, capture: shard.capture });
      }
    }
  }
  return all;
}

/** Who a row is about: its rank, or what the capture has where no rank is known; -1 where that is nobody known. */
export function participantAt(participants: readonly DeviceId[], shard: Shard, table: Table, row: number): number {
  const rank = rankAt(shard, table, row);
  return participants.findIndex((each) => {
    const isHere = each.capture === undefined || shard.capture === undefined || each.capture === shard.capture;
    return isHere && (rank === NONE || each.rank === rank);
  });
}

/** Of a pipeline: the greatest figures of its ranks. */
export function isOfStage(table: Table, row: number): boolean {
  return textCell(table, 'type', row) === 'stage';
}

function rankAt(shard: Shard, table: Table, row: number): number {
  const ofCluster = textCell(table, 'type', row) === 'rank' ? numberCell(table, 'index', row) : undefined;
  return ofCluster ?? numberCell(table, 'rank', row) ?? rankOf(shard);
}
