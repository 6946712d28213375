/**
 * Which links between ranks are slow, from the profiler's tables.
 *
 * - link: bytes and time of all ops of at least 1 MiB between two ranks of a group by one kind of transport; copies of a
 *   rank to itself are no links. bandwidth = bytes / time.
 * - slow link: its bandwidth is more than three robust sigmas and a tenth below the median of its transport.
 */
import { grouped } from '../../base/index.ts';
import type { Run } from '../../timeline/index.ts';
import { numberCell, textCell } from '../vendor-figure.ts';
import { RobustScale } from './outlier.ts';

export interface Link {
  /** The number of the group of ranks, in which its ranks are counted from 0; '' where unknown. */
  readonly group: string;
  readonly fromRank: number;
  readonly toRank: number;
  readonly transport: string;
  readonly ops: number;
  readonly sizeBytes: number;
  readonly transferNs: number;
  readonly bytesPerSecond: number;
  /** Over the median of the transport. */
  readonly ratio: number;
  readonly isSlow: boolean;
}

const FAR = 0.1;
/** Less shows how long it takes to begin, not how wide the link is. */
const ENOUGH_BYTES = 1 << 20;
/** A matrix of a whole step repeats what its ops say. */
const TOTAL = /^total$/i;

/** The slowest first. */
export function linksOf({ shards }: Run): Link[] {
  const ops = new Map<string, Pick<Link, 'group' | 'fromRank' | 'toRank' | 'transport' | 'sizeBytes' | 'transferNs'>>();
  for (const table of shards.flatMap(({ timeline }) => timeline.tables)) {
    if (table.kind !== 'links') continue;
    for (let row = 0; row < table.rowCount; row++) {
      const cell = (name: string): number => numberCell(table, name, row) ?? Number.NaN;
      const [fromRank, toRank, sizeBytes, transferNs] = ['fromRank', 'toRank', 'sizeBytes', 'transitNs'].map(cell);
      const [group, transport, name, step] = ['group', 'transport', 'name', 'step'].map((column) =>
        textCell(table, column, row),
      );
      const isTotal = TOTAL.test(textCell(table, 'selection', row)) || /^total op info$/i.test(name);
      if (isTotal || fromRank === toRank || !(transferNs > 0) || !(sizeBytes >= ENOUGH_BYTES)) continue;
      // One op may be among the fastest and the median of a matrix at once.
      const key = JSON.stringify([group, fromRank, toRank, transport, name, step]);
      ops.set(key, { group, fromRank, toRank, transport, sizeBytes, transferNs });
    }
  }
  const links = grouped([...ops.values()], (op) => JSON.stringify([op.group, op.fromRank, op.toRank, op.transport]));
  const sums = links.map((ofLink) => {
    const sizeBytes = ofLink.reduce((sum, op) => sum + op.sizeBytes, 0);
    const transferNs = ofLink.reduce((sum, op) => sum + op.transferNs, 0);
    const [{ group, fromRank, toRank, transport }] = ofLink;
    const place = { group, fromRank, toRank, transport };
    return { ...place, ops: ofLink.length, sizeBytes, transferNs, bytesPerSecond: (sizeBytes / transferNs) * 1e9 };
  });
  return grouped(sums, ({ transport }) => transport)
    .flatMap((alike) => {
      const scale = new RobustScale(Float64Array.from(alike, ({ bytesPerSecond }) => bytesPerSecond).sort());
      return alike.map((link): Link => {
        const ratio = link.bytesPerSecond / scale.middle;
        return { ...link, ratio, isSlow: ratio < 1 - FAR && scale.isOutlier(link.bytesPerSecond) };
      });
    })
    .sort((a, b) => a.ratio - b.ratio);
}
