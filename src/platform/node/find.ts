import type { BigIntStats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { type FoundFile, type FoundInput, InputError } from '../../base/index.ts';
import { explainFailure, notFound, systemCode } from './failure.ts';
import { fixedFolder, globToRegExp, isGlob } from './glob.ts';

export async function findInput(input: string): Promise<FoundInput> {
  if (input === '-') return { input, kind: 'stdin', absolutePath: '-', files: [STANDARD_INPUT] };
  const stats = await statOf(input);
  if (stats === undefined) return isGlob(input) ? findGlob(input) : Promise.reject(notFound(input));
  const absolutePath = resolve(input);
  if (!stats.isDirectory()) return { input, kind: 'file', absolutePath, files: [foundFile(input, stats)] };
  const files: FoundFile[] = [];
  await walk(
    input,
    new Set(),
    (path, found) => {
      if (!found.isDirectory()) files.push(foundFile(path, found));
    },
    'must exist',
  );
  return { input, kind: 'folder', absolutePath, files: files.sort(byNaturalOrder) };
}

const STANDARD_INPUT: FoundFile = {
  path: 'standard input',
  absolutePath: '-',
  identity: '-',
  sizeBytes: 0,
};

export function isStandardInput(file: FoundFile): boolean {
  return file.identity === STANDARD_INPUT.identity;
}

async function findGlob(pattern: string): Promise<FoundInput> {
  const portable = sep === '/' ? pattern : pattern.replaceAll(sep, '/');
  const wanted = globToRegExp(portable.replace(/^(\.\/)+/, ''));
  const files: FoundFile[] = [];
  const matchedFolders: string[] = [];
  await walk(fixedFolder(portable), new Set(), (path, stats) => {
    const name = sep === '/' ? path : path.replaceAll(sep, '/');
    const inMatched = matchedFolders.some((folder) => name.startsWith(`${folder}/`));
    if (!inMatched && !wanted.test(name)) return;
    if (stats.isDirectory()) matchedFolders.push(name);
    else files.push(foundFile(path, stats));
  });
  const absolutePath = resolve(fixedFolder(portable));
  if (files.length > 0) return { input: pattern, kind: 'glob', absolutePath, files: files.sort(byNaturalOrder) };
  throw new InputError('not_found', {
    at: { path: pattern },
    expected: 'a pattern that matches files',
    found: 'no match',
    hint: 'check the pattern and the current folder',
  });
}

type Visit = (path: string, stats: BigIntStats) => void;

/** Everything below a folder, hidden names left out. Links are followed, circles are not. */
async function walk(folder: string, entered: Set<string>, visit: Visit, mustExist?: 'must exist'): Promise<void> {
  const names = await readdir(folder).catch((error) => {
    if (mustExist !== undefined) throw explainFailure(error, folder, 'read');
    return [];
  });
  for (const name of names) {
    if (name.startsWith('.')) continue;
    const path = folder === '.' ? name : join(folder, name);
    const stats = await statOf(path);
    // A link to nowhere is nothing to read.
    if (stats === undefined) continue;
    if (!stats.isDirectory()) {
      if (stats.isFile()) visit(path, stats);
      continue;
    }
    const identity = identityOf(stats);
    if (entered.has(identity)) continue;
    entered.add(identity);
    visit(path, stats);
    await walk(path, entered, visit);
  }
}

async function statOf(path: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG') return undefined;
    throw explainFailure(error, path, 'read');
  }
}

function foundFile(path: string, stats: BigIntStats): FoundFile {
  return { path, absolutePath: resolve(path), identity: identityOf(stats), sizeBytes: Number(stats.size) };
}

/** Two names with the same identity are one file. */
function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}

/** The identity of what a path leads to, undefined where there is nothing. */
export async function identityAt(path: string): Promise<string | undefined> {
  const stats = await statOf(path);
  return stats === undefined ? undefined : identityOf(stats);
}

const collator = new Intl.Collator('en', { numeric: true });

/** `slice_2` comes before `slice_10`. */
function byNaturalOrder(a: FoundFile, b: FoundFile): number {
  return collator.compare(a.path, b.path) || (a.path < b.path ? -1 : 1);
}
