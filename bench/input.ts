import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Expected, writeScaled } from '../fixtures/generate/scaled.ts';

export interface BenchInput {
  readonly path: string;
  /** What the generator wrote, by which every count is judged. */
  readonly expected: Expected;
}

const GENERATOR = fileURLToPath(new URL('../fixtures/generate', import.meta.url));

/** The input of about so many bytes, generated once; its counts stand beside it. */
export async function benchInput(folder: string, bytes: number): Promise<BenchInput> {
  const path = join(folder, `msprof-${bytes}.json`);
  const countsPath = join(folder, `msprof-${bytes}.counts.json`);
  const generator = hashOfGenerator();
  const known = existsSync(path) && existsSync(countsPath) ? JSON.parse(readFileSync(countsPath, 'utf8')) : undefined;
  if (known?.generator === generator) return { path, expected: known.expected };
  mkdirSync(folder, { recursive: true });
  const expected = await writeScaled(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
  writeFileSync(countsPath, `${JSON.stringify({ generator, expected })}\n`);
  return { path, expected };
}

/** An input of an older generator is made anew. */
function hashOfGenerator(): string {
  const hash = createHash('sha256');
  const files = readdirSync(GENERATOR, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(GENERATOR, name), 'utf8'));
  return hash.digest('hex');
}
