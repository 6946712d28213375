/**
 * Communication in packets too small for its links, as the vendor's table of packet sizes tells (`communication.json`):
 * below 16 MB within a machine (HCCS, PCIe, SIO: together SDMA), below 1 MB between machines (RDMA).
 *
 * Stake: what the small packets take longer than at the bandwidth of the large ones of the same link, or all their time
 * where there are no large ones; links work side by side, so no more than the communication that nothing hides.
 */
import { NONE, type Table } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { deviceIdOf, deviceKey } from '../device-id.ts';
import type { FindingRule } from './finding.ts';
import { type DeviceStake, overDevices, sumOf, WORTH_TELLING } from './over-devices.ts';

/** The vendor's advisor: sizes as that file counts them, 1 MB being 1,000,000 bytes. */
const SMALL_BYTES = { SDMA: 16_000_000, RDMA: 1_000_000 } as const;
type Link = keyof typeof SMALL_BYTES;
const LINKS = ['SDMA', 'RDMA'] as const;

/** Of the bytes on a link; the advisor's, too. */
const LEAST_SHARE = 0.2;

/** Sums of the other rows. */
const SUM_ROW = 'Total Op Info';

/** A model that generates tokens sends little at a time, whatever one does. */
const CONFIDENCE = 0.4;

interface Packets {
  count: number;
  bytes: number;
  ns: number;
}

interface SmallPackets extends DeviceStake {
  readonly link: Link;
  readonly small: Packets;
  readonly large: Packets;
}

export const smallPackets: FindingRule<{
  link: Link;
  packetCount: number;
  meanBytes: number;
  volumeShare: number;
  transitNs: number;
}> = ({ run, devices }) =>
  overDevices(
    devices,
    WORTH_TELLING,
    (device) => packetsOf(device, run),
    (seen) => {
      const { link } = seen.reduce((a, b) => (b.stakeNs > a.stakeNs ? b : a));
      const onLink = seen.filter((each) => each.link === link);
      const bytes = sumOf(onLink, ({ small }) => small.bytes);
      const packetCount = sumOf(onLink, ({ small }) => small.count);
      return {
        confidence: CONFIDENCE,
        evidence: {
          link,
          packetCount,
          meanBytes: Math.round(bytes / packetCount),
          volumeShare: bytes / (bytes + sumOf(onLink, ({ large }) => large.bytes)),
          transitNs: Math.round(sumOf(onLink, ({ small }) => small.ns)),
        },
      };
    },
  );

/** Of both links the one with more at stake. */
function packetsOf({ tasks, overlap }: DeviceAnalysis, run: RunAnalysis['run']): SmallPackets | undefined {
  const { device } = tasks;
  const tables = run.shards
    .filter((shard) => deviceKey(deviceIdOf(shard, { rank: shard.rank ?? NONE, device })) === deviceKey(tasks))
    .flatMap(({ timeline }) => timeline.tables.filter(({ kind }) => kind === 'packets'));
  const window = overlap.window;
  let found: SmallPackets | undefined;
  for (const link of LINKS) {
    const [small, large] = [noPackets(), noPackets()];
    for (const table of tables) addPackets(table, link, small, large);
    if (small.bytes === 0 || small.bytes < LEAST_SHARE * (small.bytes + large.bytes)) continue;
    const idealNs = large.ns === 0 ? 0 : (small.bytes * large.ns) / large.bytes;
    const slowerNs = Math.max(0, Math.round(small.ns - idealNs));
    const stakeNs = Math.min(slowerNs, overlap.totals.exposedCommunicationNs);
    if (found === undefined || stakeNs > found.stakeNs) found = { stakeNs, window, link, small, large };
  }
  return found;
}

function noPackets(): Packets {
  return { count: 0, bytes: 0, ns: 0 };
}

function addPackets({ columns, rowCount, strings }: Table, link: Link, small: Packets, large: Packets): void {
  const column = (name: string): ArrayLike<number> | undefined => columns.find((each) => each.name === name)?.values;
  const [names, transports] = [column('name'), column('transport')];
  const [sizes, counts, times] = [column('packetBytes'), column('count'), column('transitNs')];
  if (!transports || !sizes || !counts || !times) return;
  for (let row = 0; row < rowCount; row++) {
    const name = names?.[row] ?? NONE;
    if (transports[row] === NONE || linkOf(strings.get(transports[row])) !== link) continue;
    if (name !== NONE && strings.get(name) === SUM_ROW) continue;
    if (!(sizes[row] * counts[row] > 0)) continue;
    const sum = sizes[row] < SMALL_BYTES[link] ? small : large;
    sum.count += counts[row];
    sum.bytes += sizes[row] * counts[row];
    sum.ns += times[row];
  }
}

/** SDMA rows are the sum of those of its links. */
function linkOf(transport: string): Link | undefined {
  if (transport === 'RDMA') return 'RDMA';
  return /^(HCCS|PCIE|SIO)/.test(transport) ? 'SDMA' : undefined;
}
