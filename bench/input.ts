import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeScaled } from '../fixtures/generate/scaled.ts';
import { writeScaledKineto } from '../fixtures/generate/scaled-kineto.ts';
import { type ExpectedRecords, writeScaledCommands, writeScaledRecords } from '../fixtures/generate/scaled-sophon.ts';
import { writeScaledOps } from '../fixtures/generate/scaled-ops.ts';

/** sliceEnds: the packets that end slices. rows and cells: of a table, without its header. */
export type Counted = 'events' | 'slices' | 'counters' | 'flowStarts' | 'flowEnds' | 'sliceEnds' | 'rows' | 'cells';
export type Counts = Readonly<Partial<Record<Counted, number>>>;

/** What the generator wrote, by which every count is judged. */
interface Written {
  readonly bytes: number;
  readonly counts: Counts;
}

export interface BenchInput extends Written {
  readonly path: string;
}

/**
 * trace: a timeline in JSON. kineto: one of PyTorch's profiler. ranks: a folder of such, one for each rank. table: an op_summary of all columns. records: a
 * raw folder of a Sophon chip. commands: such a folder with the commands of each launch.
 */
export type InputKind = 'trace' | 'kineto' | 'ranks' | 'table' | 'records' | 'commands';

export const RANK_BYTES = 50e6;

const INPUTS: Readonly<
  Record<InputKind, { extension?: string; write: (path: string, bytes: number) => Promise<Written> }>
> = {
  trace: {
    extension: 'json',
    write: writeTrace,
  },
  kineto: {
    extension: 'json',
    write: async (path, least) => {
      const { bytes, ...counts } = await writeScaledKineto(path, least);
      return { bytes, counts };
    },
  },
  ranks: {
    write: async (folder, least) => {
      const rankCount = Math.max(1, Math.round(least / RANK_BYTES));
      const { bytes, counts } = await writeTrace(makeRank(folder, 0), RANK_BYTES);
      for (let rank = 1; rank < rankCount; rank++) copyFileSync(traceOf(folder, 0), makeRank(folder, rank));
      const all = Object.entries(counts).map(([counted, count]) => [counted, count * rankCount]);
      return { bytes: bytes * rankCount, counts: Object.fromEntries(all) };
    },
  },
  table: {
    extension: 'csv',
    write: async (path, least) => {
      const { bytes, ops, columns } = await writeScaledOps(path, least);
      const none = { counters: 0, flowStarts: 0, flowEnds: 0 };
      return { bytes, counts: { ...none, slices: ops, sliceEnds: ops, rows: ops, cells: ops * columns } };
    },
  },
  records: { write: async (folder, least) => countsOf(await writeScaledRecords(folder, least)) },
  commands: { write: async (folder, least) => countsOf(await writeScaledCommands(folder, least)) },
};

function countsOf({ bytes, records, moves }: ExpectedRecords): Written {
  return { bytes, counts: { slices: records, counters: 2 * moves, flowStarts: 0, flowEnds: 0 } };
}

async function writeTrace(path: string, least: number): Promise<Written> {
  const { bytes, ...counts } = await writeScaled(path, least);
  return { bytes, counts: { ...counts, sliceEnds: counts.slices } };
}

function traceOf(folder: string, rank: number): string {
  return join(folder, `rank${rank}_ascend_pt`, 'ASCEND_PROFILER_OUTPUT', 'trace_view.json');
}

/** The folder of a rank as the framework leaves it; returns where its trace belongs. */
function makeRank(folder: string, rank: number): string {
  const path = traceOf(folder, rank);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(join(dirname(path), '..', `profiler_info_${rank}.json`), `${JSON.stringify({ rank_id: rank })}\n`);
  return path;
}

const GENERATOR = fileURLToPath(new URL('../fixtures/generate', import.meta.url));

/** The input of at least so many bytes, generated once; its counts stand beside it. */
export async function benchInput(folder: string, kind: InputKind, bytes: number): Promise<BenchInput> {
  const { extension, write } = INPUTS[kind];
  const path = join(folder, extension === undefined ? `${kind}-${bytes}` : `${kind}-${bytes}.${extension}`);
  const countsPath = join(folder, `${kind}-${bytes}.counts.json`);
  const generator = hashOfGenerator();
  const known = existsSync(path) && existsSync(countsPath) ? JSON.parse(readFileSync(countsPath, 'utf8')) : undefined;
  if (known?.generator === generator) return { path, ...known.written };
  mkdirSync(folder, { recursive: true });
  for (const old of [path, `${path}.new`]) rmSync(old, { recursive: true, force: true });
  const written = await write(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
  writeFileSync(countsPath, `${JSON.stringify({ generator, written })}\n`);
  return { path, ...written };
}

/** An input of an older generator is made anew. */
function hashOfGenerator(): string {
  const hash = createHash('sha256');
  const files = readdirSync(GENERATOR, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(GENERATOR, name), 'utf8'));
  return hash.digest('hex');
}
