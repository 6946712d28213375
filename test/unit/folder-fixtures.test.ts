// The whole folders among the fixtures, read by parsers that are not ours, against their ground truth.
import { describe, expect, test } from 'vitest';
import { allFixtures } from '../../fixtures/generate/fixtures.ts';
import type { FolderRank } from '../../fixtures/generate/truth/folder-truth.ts';
import { type CsvRow, csvRows, join, tableOps, TimelineFile, typeOf } from '../support/folder-files.ts';

const fixtures = new Map(allFixtures().map(({ name, files }) => [name, files]));
/** Not the one whose files no strict parser takes. */
const folders = [...fixtures.keys()].filter((name) => /^ascend-folders\/(?!broken)/.test(name));
const textOf = (fixture: string, path: string): string => fixtures.get(fixture)!.get(path)!;
const truthOf = (fixture: string): { ranks: FolderRank[]; leftOut?: Record<string, string> } =>
  JSON.parse(textOf(fixture, 'truth.json'));

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
      const type = typeOf(rows[index]!);
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
});

describe.each(ranksWith(({ vendor }) => vendor !== null))('%s', (_, rank) => {
  test('the overlap analysis sums up to the figures of the vendor', () => {
    const timeline = timelineOf(rank);
    const sum = (name: string): number => timeline.overlapNs(rank.device, name);
    const vendor = rank.vendor!;
    expect(sum('Computing')).toBe(vendor.computingNs);
    expect(sum('Communication')).toBe(vendor.communicationNs);
    expect(sum('Communication(Not Overlapped)')).toBe(vendor.exposedNs);
    expect(sum('Free')).toBe(vendor[vendor.shown]);
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

describe('ascend-folders/prof-two-devices', () => {
  const name = 'ascend-folders/prof-two-devices';
  const { ranks, leftOut } = truthOf(name);
  const tableLike = ({ files }: FolderRank, table: string): CsvRow[] =>
    csvRows(textOf(name, files[1]!.replace('op_summary', table)));

  test('one process has two devices, in one timeline and in one table', () => {
    expect(ranks.map(({ device }) => device)).toEqual([0, 1, 2, 3]);
    expect(ranks[2]!.files).toEqual(ranks[3]!.files);
    const devices = new Set(tableLike(ranks[2]!, 'op_summary').map((row) => row['Device_id']));
    expect([...devices]).toEqual(['2', '3']);
  });

  test('nobody told the profiler a rank', () => {
    const infos = [...fixtures.get(name)!].filter(([path]) => /info\.json(\.\d)?$/.test(path));
    expect(infos.length).toBe(7);
    for (const [path, text] of infos) expect(JSON.parse(text).rank_id, path).toBe(-1);
  });

  test('an older export lacks a step, and is left out', () => {
    const older = Object.keys(leftOut!).find((path) => path.includes('op_summary_'))!;
    expect(older < ranks[0]!.files[1]!).toBe(true);
    expect(csvRows(textOf(name, older)).length).toBeLessThan(ranks[0]!.table!.rows);
    for (const path of Object.keys(leftOut!)) expect(textOf(name, path), path).toBeDefined();
  });

  test.each(ranks)('$label: op_statistic and communication_statistic sum up the op table', (rank) => {
    const statistics = [...tableLike(rank, 'op_statistic'), ...tableLike(rank, 'communication_statistic')];
    const sums: FolderRank['ops'] = {};
    for (const row of statistics.filter((each) => each['Device_id'] === String(rank.device))) {
      const kind = row['Core Type'] === undefined ? 'communication' : 'compute';
      const op = sums[row['OP Type']!] ?? { kind, count: 0, totalNs: 0 };
      const totalNs = op.totalNs + Math.round(Number(row['Total Time(us)']) * 1000);
      sums[row['OP Type']!] = { kind, count: op.count + Number(row['Count']), totalNs };
    }
    expect(sums).toEqual(rank.ops);
  });

  test.each(ranks)('$label: task_time has every task of the timeline', (rank) => {
    const tasks = tableLike(rank, 'task_time').filter((row) => row['Device_id'] === String(rank.device));
    const slices = timelineOf({ ...rank, files: rank.files.map((path) => `${name}\n${path}`) }).slices(
      'Ascend Hardware',
      rank.device,
    );
    const text = ({ stream_id, task_id, 'task_start(us)': start }: CsvRow): string =>
      `${stream_id} ${task_id} ${start}`;
    expect(tasks.map(text).sort()).toEqual(
      slices.map(({ tid, args, ts }) => `${tid} ${String(args!['Task Id'])} ${ts}`).sort(),
    );
    expect(tasks.filter((row) => row['kernel_name'] === 'N/A').length).toBeGreaterThan(0);
  });

  test('step_trace repeats the names of its columns', () => {
    const header = textOf(name, ranks[0]!.files[1]!.replace('op_summary', 'step_trace')).split('\n')[0]!;
    expect(header.match(/Reduce Start\(us\)/g)?.length).toBe(2);
  });
});
