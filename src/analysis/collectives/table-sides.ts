import { NONE, type Run, type Shard, type Table } from '../../timeline/index.ts';
import type { DeviceId } from '../device-id.ts';
import type { RunTexts, TextId } from '../run-texts.ts';
import { numberCell, textCell } from '../vendor-figure.ts';
import { participantAt } from './participants.ts';

/** What the profiler's own tool says of one communication op on one rank. Times in ns. */
export interface TableSide {
  readonly name: TextId;
  /** The number of the group of ranks; NONE where nothing tells it. */
  readonly group: TextId;
  /** On the rank's own clock, from the run's origin. */
  readonly startNs: number;
  readonly elapseNs: number;
  /** As the profiler numbers it; '' where it knows of none. */
  readonly step: string;
  /** Over links to other ranks, of the plane the profiler looks at; 0 where it says nothing. */
  readonly transferNs: number;
  /** NaN where unknown. */
  readonly sizeBytes: number;
}

/** Links to other ranks; HCCS, PCIE and SIO are summed up under SDMA. */
const TO_OTHERS = /^(SDMA|RDMA)$/;

/** In the order of time, by participant. */
export function tableSides(run: Run, participants: readonly DeviceId[], texts: RunTexts): Map<number, TableSide[]> {
  const sides = new Map<number, TableSide[]>();
  const known = new Set<string>();
  for (const shard of run.shards) {
    const transfers = transfersOf(shard);
    for (const table of shard.timeline.tables) {
      if (table.kind !== 'collectives') continue;
      for (let row = 0; row < table.rowCount; row++) {
        const elapseNs = numberCell(table, 'elapseNs', row);
        const startNs = startOf(run, table, row);
        // Totals of all ops have no start.
        if (elapseNs === undefined || startNs === undefined) continue;
        const participant = participantAt(participants, shard, table, row);
        const key = `${participant} ${placeOf(table, row)} ${startNs}`;
        if (known.has(key)) continue;
        known.add(key);
        const { transferNs, sizeBytes } = transfers.get(placeOf(table, row)) ?? NO_TRANSFER;
        const group = textCell(table, 'group', row);
        const own = sides.get(participant) ?? [];
        sides.set(participant, own);
        own.push({
          name: texts.add(textCell(table, 'name', row)),
          group: group === '' ? NONE : texts.add(group),
          startNs,
          elapseNs: Math.round(elapseNs),
          step: textCell(table, 'step', row),
          transferNs: Math.round(numberCell(table, 'transitNs', row) || transferNs),
          sizeBytes: Math.round(sizeBytes),
        });
      }
    }
  }
  for (const own of sides.values()) own.sort((a, b) => a.startNs - b.startNs);
  return sides;
}

function startOf({ originNs }: Run, table: Table, row: number): number | undefined {
  const column = table.columns.find(({ name }) => name === 'start');
  const value = column?.kind === 'time' ? column.values[row] : Number.NaN;
  return Number.isNaN(value) ? undefined : Number(table.originNs - originNs) + value;
}

function placeOf(table: Table, row: number): string {
  return JSON.stringify(['step', 'rank', 'name', 'group'].map((column) => textCell(table, column, row)));
}

/** Summed up over all planes, so it may be longer than the op. */
interface Transfer {
  readonly transferNs: number;
  readonly sizeBytes: number;
}
const NO_TRANSFER: Transfer = { transferNs: 0, sizeBytes: Number.NaN };

function transfersOf({ timeline }: Shard): Map<string, Transfer> {
  const transfers = new Map<string, Transfer>();
  for (const table of timeline.tables) {
    if (table.kind !== 'bandwidth') continue;
    for (let row = 0; row < table.rowCount; row++) {
      if (!TO_OTHERS.test(textCell(table, 'transport', row))) continue;
      const place = placeOf(table, row);
      const { transferNs, sizeBytes } = transfers.get(place) ?? { transferNs: 0, sizeBytes: 0 };
      transfers.set(place, {
        transferNs: transferNs + (numberCell(table, 'transitNs', row) ?? 0),
        sizeBytes: sizeBytes + (numberCell(table, 'sizeBytes', row) ?? 0),
      });
    }
  }
  return transfers;
}
