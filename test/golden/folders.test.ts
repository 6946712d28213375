// Whole folders, as profilers leave them, against what their generator planted: ranks, devices, hosts, what is read and what
// is left out, how tables and timelines fit together, and the vendor's figures.
import { relative } from 'node:path';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deviceOverlaps } from '../../src/analysis/index.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { JsonMembers } from '../../src/bytes/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { type OpenedRun, openRun } from '../../src/session/index.ts';
import { assertIntegrity, NONE, type Shard } from '../../src/timeline/index.ts';
import { fixtureCases, fixtureTruth, FOLDER_FIXTURES } from '../support/fixtures.ts';
import { fixturesRoot } from '../support/project.ts';

interface RankTruth {
  readonly rank: number;
  readonly device: number;
  readonly host: string;
  readonly files: readonly string[];
  readonly ops: Readonly<Record<string, { kind: string; count: number; totalNs: number }>>;
  readonly table: TableTruth | null;
  readonly vendor: { readonly computingNs: number; readonly communicationNs: number; exposedNs: number } | null;
}
interface TableTruth {
  readonly path: string;
  readonly rows: number;
  readonly joined: number;
  readonly onlyInTable: number;
  readonly otherNames: readonly unknown[];
}
interface FolderTruth {
  readonly leftOut?: Readonly<Record<string, string>>;
  readonly ranks: readonly RankTruth[];
}

async function open(name: string): Promise<OpenedRun & { diagnostics: Diagnostics; folder: string }> {
  const folder = join(fixturesRoot, FOLDER_FIXTURES, name);
  const diagnostics = new Diagnostics();
  const host = new NodeHost();
  try {
    const opened = await openRun([folder], host, {}, diagnostics);
    for (const { timeline } of opened.run.shards) assertIntegrity(timeline);
    return { ...opened, diagnostics, folder };
  } finally {
    await host.close();
  }
}

/** The part of a run that holds the timeline of a file. */
function shardOf({ run, folder }: { run: OpenedRun['run']; folder: string }, path: string): Shard {
  const shard = run.shards.find(({ files }) => relative(folder, files[0]) === path);
  if (shard === undefined) throw new Error(`no part was read from ${path}`);
  return shard;
}

const opened = new Map<string, ReturnType<typeof open>>();
const openOnce = (name: string): ReturnType<typeof open> => {
  const known = opened.get(name) ?? open(name);
  opened.set(name, known);
  return known;
};

/** What a damaged file has lost is another test's. */
const DAMAGED = 'broken';

describe.each(fixtureCases(FOLDER_FIXTURES))('%s', (name) => {
  const truth = fixtureTruth<FolderTruth>(FOLDER_FIXTURES, name);

  test.each(truth.ranks)('rank $rank on device $device knows its place', async ({ rank, device, host, files }) => {
    const run = await openOnce(name);
    const { timeline, hostName } = shardOf(run, files[0]);
    const own = timeline.processes.filter((process) => process.device === device);
    expect(own.length).toBeGreaterThan(0);
    for (const process of own) expect(process.rank).toBe(rank < 0 ? NONE : rank);
    expect(hostName).toBe(host);
  });

  test('has args for every slice that are JSON without a key twice', async () => {
    const { run } = await openOnce(name);
    const members = new JsonMembers();
    for (const { timeline } of run.shards) {
      const rows = Array.from({ length: timeline.slices.length }, (_, row) => row);
      const { bytes, from } = await timeline.args.block(timeline.slices, rows);
      for (const row of rows) {
        if (from[row] === from[row + 1]) continue;
        const json = new TextDecoder().decode(bytes.subarray(from[row], from[row + 1]));
        expect(members.find(bytes, from[row], from[row + 1]), json).toBe(true);
        expect(Object.keys(JSON.parse(json) as object).length, json).toBe(members.count);
      }
    }
  });

  test('leaves out what is said better elsewhere, and nothing else', async () => {
    const { files, folder } = await openOnce(name);
    const copies = files.filter(({ role }) => role === 'copy').map(({ path }) => relative(folder, path));
    expect(copies.sort()).toEqual(Object.keys(truth.leftOut ?? {}).sort());
  });

  const tables = truth.ranks.flatMap(({ rank, table }) => (table === null ? [] : [{ rank, ...table }]));
  // Devices of one capture share a table: its rows are counted for each.
  const byPath = [...new Set(tables.map(({ path }) => path))].map((path) => {
    const parts = tables.filter((table) => table.path === path);
    const sum = (of: (table: TableTruth) => number): number => parts.reduce((total, part) => total + of(part), 0);
    return {
      path,
      rows: sum((t) => t.rows),
      joined: sum((t) => t.joined + t.otherNames.length),
      others: sum((t) => t.otherNames.length),
    };
  });
  test.each(byPath)('$path: $joined of $rows rows describe ops of the timeline', async ({ path, rows, joined }) => {
    const { files, folder } = await openOnce(name);
    const file = files.find((each) => relative(folder, each.path) === path);
    expect(file?.joined).toEqual({ rowCount: rows, matchedCount: joined });
  });

  test('names every op that table and timeline disagree about', async () => {
    const { diagnostics } = await openOnce(name);
    const expected = byPath.reduce((sum, { others }) => sum + others, 0);
    if (name !== DAMAGED) expect(diagnostics.countOf('ops_disagree')).toBe(expected);
  });

  test.skipIf(name === DAMAGED).each(truth.ranks)('rank $rank has every op once, by its type', async (rank) => {
    const { run, folder } = await openOnce(name);
    if (rank.table === null) return;
    const { timeline } = shardOf({ run, folder }, rank.files[0]);
    const { slices, tracks, processes, strings } = timeline;
    const type = slices.typed.get('opType');
    const found: Record<string, { count: number; totalNs: number }> = {};
    for (let row = 0; row < slices.length; row++) {
      const track = tracks[slices.track[row]];
      const id = type?.at(row) ?? NONE;
      if (id === NONE || processes[track.process].device !== rank.device) continue;
      const { count, totalNs } = found[strings.get(id)] ?? { count: 0, totalNs: 0 };
      found[strings.get(id)] = { count: count + 1, totalNs: totalNs + slices.durNs[row] };
    }
    const onlyInTable = rank.table.onlyInTable;
    const counted = Object.values(found).reduce((sum, { count }) => sum + count, 0);
    const stated = Object.values(rank.ops).reduce((sum, { count }) => sum + count, 0);
    expect(counted + onlyInTable).toBe(stated);
    if (onlyInTable > 0) return;
    for (const [each, { count, totalNs }] of Object.entries(rank.ops)) {
      expect([each, found[each]]).toEqual([each, { count, totalNs }]);
    }
  });

  test.skipIf(name === DAMAGED).each(truth.ranks)(
    "rank $rank has the vendor's times, but for collectives of LCCL, which the vendor takes for computing",
    async ({ rank, device, vendor, ops }) => {
      if (vendor === null) return;
      const { run } = await openOnce(name);
      const own = deviceOverlaps(run).find((each) => each.rank === rank && each.device === device);
      // The vendor cuts each slice to whole nanoseconds before it adds them up.
      const near = (ns: number): object => expect.closeTo(ns, -2);
      const { computeNs, communicationNs, exposedCommunicationNs } = own!.totals;
      const lcclNs = ops['LcclAllReduce']?.totalNs ?? 0;
      expect(communicationNs).toEqual(near(vendor.communicationNs + lcclNs));
      expect(computeNs + exposedCommunicationNs).toEqual(near(vendor.computingNs + vendor.exposedNs));
      if (lcclNs === 0) expect(computeNs).toEqual(near(vendor.computingNs));
    },
  );
});
