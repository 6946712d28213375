import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeScaled } from '../fixtures/generate/scaled.ts';
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

/** trace: a timeline in JSON. table: an op_summary of all columns. */
export type InputKind = 'trace' | 'table';

const INPUTS: Readonly<
  Record<InputKind, { extension: string; write: (path: string, bytes: number) => Promise<Written> }>
> = {
  trace: {
    extension: 'json',
    write: async (path, least) => {
      const { bytes, ...counts } = await writeScaled(path, least);
      return { bytes, counts: { ...counts, sliceEnds: counts.slices } };
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
};

const GENERATOR = fileURLToPath(new URL('../fixtures/generate', import.meta.url));

/** The input of at least so many bytes, generated once; its counts stand beside it. */
export async function benchInput(folder: string, kind: InputKind, bytes: number): Promise<BenchInput> {
  const { extension, write } = INPUTS[kind];
  const path = join(folder, `${kind}-${bytes}.${extension}`);
  const countsPath = join(folder, `${kind}-${bytes}.counts.json`);
  const generator = hashOfGenerator();
  const known = existsSync(path) && existsSync(countsPath) ? JSON.parse(readFileSync(countsPath, 'utf8')) : undefined;
  if (known?.generator === generator) return { path, ...known.written };
  mkdirSync(folder, { recursive: true });
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
