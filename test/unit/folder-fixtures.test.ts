// The whole folders among the fixtures, read by parsers that are not ours, against their ground truth.
import { describe, expect, test } from 'vitest';
import { allFixtures } from '../../fixtures/generate/fixtures.ts';
import type { FolderRank } from '../../fixtures/generate/truth/folder-truth.ts';
import { csvRows, join, tableOps, TimelineFile, type CsvRow } from '../support/folder-files.ts';

const fixtures = new Map(allFixtures().map(({ name, files }) => [name, files]));
const folders = [...fixtures.keys()].filter((name) => name.startsWith('ascend-folders/'));
const textOf = (fixture: string, path: string): string => fixtures.get(fixture)!.get(path)!;
const truthOf = (fixture: string): { ranks: FolderRank[] } => JSON.parse(textOf(fixture, 'truth.json'));

const ranksWith = (wanted: (rank: FolderRank) => boolean): [string, FolderRank][] =>
  folders.flatMap((name) =>
    truthOf(name)
      .ranks.filter(wanted)
      .map((rank): [string, FolderRank] => [
        `${name}: ${rank.label}`,
        { ...rank, files: rank.files.map((path) => `${name}\n${path}`) },
      ]),
  );
const fileLike = ({ files }: FolderRank, pattern: RegExp): string | undefined => {
  const [name, path] = files.find((file) => pattern.test(file))?.split('\n') ?? [];
  return path === undefined ? undefined : textOf(name!, path);
};
const timelineOf = (rank: FolderRank): TimelineFile =>
  new TimelineFile(fileLike(rank, /(trace_view|msprof_\w+)\.json$/)!);
const tableOf = (rank: FolderRank): CsvRow[] => {
  const rows = csvRows(fileLike(rank, /(op_summary|kernel_details)\w*\.csv$/)!);
  return rows.filter((row) => row['Device_id'] === undefined || row['Device_id'] === String(rank.device));
};

describe.each(ranksWith(({ table }) => table !== null))('%s', (_, rank) => {
  test('the op table has the ops of the run, with their types', () => {
    const ops: Record<string, { count: number; totalNs: number }> = {};
    const rows = tableOf(rank);
    for (const [index, { durNs }] of tableOps(rows).entries()) {
      const type = (rows[index]!['OP Type'] ?? rows[index]!['Type'])!;
      const op = ops[type] ?? { count: 0, totalNs: 0 };
      ops[type] = { count: op.count + 1, totalNs: op.totalNs + Number(durNs) };
    }
    const known = Object.entries(rank.ops).map(([type, { count, totalNs }]) => [type, { count, totalNs }]);
    expect(ops).toEqual(Object.fromEntries(known));
  });

  test('rows of the op table find their slices, but those said to find none', () => {
    const timeline = timelineOf(rank);
    const slices = [...timeline.kernels(rank.device), ...timeline.collectives(rank.device)];
    const rows = tableOps(tableOf(rank));
    const pairs = join(rows, slices);
    const table = rank.table!;
    const agreeing = pairs.filter(([row, slice]) => row.name === slice.name);
    expect(rows.length).toBe(table.rows);
    expect(agreeing.length).toBe(table.joined);
    expect(rows.length - pairs.length).toBe(table.onlyInTable);
    expect(slices.length - pairs.length).toBe(table.onlyInTimeline);
    const others = pairs.filter(([row, slice]) => row.name !== slice.name);
    expect(
      others.map(([row, slice]) => ({ startNs: String(slice.startNs), inTable: row.name, inTimeline: slice.name })),
    ).toEqual(table.otherNames);
    for (const [row, slice] of pairs) expect(row.durNs, row.name).toBe(slice.durNs);
  });
});

describe.each(ranksWith(({ files }) => files.some((path) => path.endsWith('.json'))))('%s', (_, rank) => {
  test('the timeline has its collectives', () => {
    const found = timelineOf(rank).collectives(rank.device);
    const text = found.map(({ name, startNs, durNs }) => `${name} ${startNs} ${startNs + durNs}`);
    expect(text.sort()).toEqual(
      rank.collectives.map(({ name, startNs, endNs }) => `${name} ${startNs} ${endNs}`).sort(),
    );
  });

  test('the overlap analysis sums up to the figures of the vendor', () => {
    const timeline = timelineOf(rank);
    const sum = (name: string): number => timeline.overlapNs(rank.device, name);
    const { computingNs, communicationNs, exposedNs, shown } = rank.vendor;
    expect([sum('Computing'), sum('Communication'), sum('Communication(Not Overlapped)'), sum('Free')]).toEqual([
      computingNs,
      communicationNs,
      exposedNs,
      rank.vendor[shown],
    ]);
  });
});

describe.each(folders)('%s', (name) => {
  test('ranks of a group leave a collective at the same true time', () => {
    const ends = new Map<string, { role: string; ns: bigint[] }>();
    for (const { collectives } of truthOf(name).ranks) {
      for (const { hash, name: op, role, trueEndNs } of collectives) {
        const key = `${hash} ${op.replace(/^\D+/, '')}`;
        const known = ends.get(key) ?? { role, ns: [] };
        known.ns.push(BigInt(trueEndNs));
        ends.set(key, known);
      }
    }
    for (const [key, { ns }] of ends) {
      const [first, last] = [ns.reduce((a, b) => (a < b ? a : b)), ns.reduce((a, b) => (a > b ? a : b))];
      expect(last - first, key).toBeLessThanOrEqual(1n);
    }
  });

  test('every file it tells of is there', () => {
    for (const { files } of truthOf(name).ranks)
      for (const path of files) expect(textOf(name, path), path).toBeDefined();
  });
});

describe('ascend-folders/ascend-pt-ranks', () => {
  const name = 'ascend-folders/ascend-pt-ranks';
  const { ranks } = truthOf(name);
  const besideTimeline = ({ files }: FolderRank, file: string): string =>
    textOf(name, files[0]!.replace('trace_view.json', file));

  test.each(ranks)('$label: step_trace_time has the figures of the steps', (rank) => {
    const rows = csvRows(besideTimeline(rank, 'step_trace_time.csv'));
    const ns = (cell: string | undefined): number => Math.round(Number(cell) * 1000);
    expect(
      rows.map((row) => ({
        step: Number(row['Step']),
        computingNs: ns(row['Computing']),
        communicationNs: ns(row['Communication']),
        exposedNs: ns(row['Communication(Not Overlapped)']),
        freeNs: ns(row['Free']),
        stageNs: ns(row['Stage']),
        bubbleNs: ns(row['Bubble']),
        preparingNs: ns(row['Preparing']),
      })),
    ).toEqual(rank.steps);
  });

  test.each(ranks)('$label: communication.json has the collectives of its steps', (rank) => {
    const steps: Record<string, Record<'p2p' | 'collective', object>> = JSON.parse(
      besideTimeline(rank, 'communication.json'),
    );
    const ops = Object.entries(steps).flatMap(([step, { p2p, collective }]) =>
      [...Object.keys(p2p), ...Object.keys(collective)].map((op) => `${step} ${op}`),
    );
    const wanted = rank.collectives
      .filter(({ step }) => step > 0)
      .map((each) => `step${each.step} ${each.name}@${each.hash}`);
    expect(ops.filter((op) => !op.endsWith('Total Op Info')).sort()).toEqual(wanted.sort());
  });

  test('a rank of the second stage waits in hcom_receive, which is the bubble of the vendor', () => {
    expect(ranks.map(({ steps }) => steps![0]!.bubbleNs > 0)).toEqual([false, false, true, true]);
  });

  test('hosts number their devices alike, and one has its clock ahead', () => {
    expect(ranks.map(({ device, host, clockOffsetNs }) => [device, host, clockOffsetNs])).toEqual([
      [0, 'serve-node-a', 0],
      [1, 'serve-node-a', 0],
      [0, 'serve-node-b', 3_200_417],
      [1, 'serve-node-b', 3_200_417],
    ]);
  });

  test('cells hold line ends, and a name more or less is in only one file', () => {
    const details = csvRows(besideTimeline(ranks[0]!, 'operator_details.csv'));
    expect(details.some((row) => row['Call Stack']!.includes('\n'))).toBe(true);
    expect(ranks.map(({ table }) => table?.onlyInTable)).toEqual([0, 0, undefined, 2]);
    expect(ranks[3]!.table!.otherNames.length).toBe(1);
  });
});
