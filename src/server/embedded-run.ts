import { MemorySource, type Source } from '../base/index.ts';
import type { SavedRun } from '../session/requests/saved-run.ts';
import type { RecordingHost } from './recording-host.ts';
import type { EmbeddedFile } from './saved-page.ts';

type Embedded = Pick<SavedRun, 'inputs' | 'files' | 'folders'> & { readonly contents: readonly EmbeddedFile[] };

/**
 * The files a run was read from, as they go into a page. Their paths begin with the one folder that all lie in: how the
 * folders above are called is nobody else's business. Of names in folders only those go along that `isTelling`.
 */
export function embeddedRun(host: RecordingHost, isTelling: RegExp): Embedded {
  const sources = new Map<string, Source>(host.sources);
  for (const [path, bytes] of host.smallFiles) if (!sources.has(path)) sources.set(path, new MemorySource(path, bytes));
  const relative = relativeTo(commonFolder([...sources.keys()]));
  const files = [...sources].map(([path, source]) => ({ path: relative(path) ?? path, source }));
  const holdsFiles = (folder: string): boolean =>
    files.some(({ path }) => folder === '' || path === folder || path.startsWith(`${folder}/`));
  const inputs = host.found.map(({ absolutePath }) => relative(absolutePath) ?? '').filter(holdsFiles);
  const folders = [...host.folders].flatMap(([folder, names]) => {
    const inside = relative(folder);
    const telling = names.filter((name) => isTelling.test(name));
    return inside === undefined || telling.length === 0 ? [] : [[inside, telling] as const];
  });
  return {
    inputs: [...new Set(inputs)],
    files: files.map(({ path }) => path),
    folders: Object.fromEntries(folders),
    contents: files.map(({ path, source }) => ({ path, chunks: () => source.stream() })),
  };
}

/** The parts of the folder in which all of these lie. */
function commonFolder(paths: readonly string[]): readonly string[] {
  const folders = paths.map((path) => partsOf(path).slice(0, -1));
  const [first = []] = folders;
  const depth = first.findIndex((part, at) => folders.some((folder) => folder[at] !== part));
  return depth === -1 ? first : first.slice(0, depth);
}

/** Of a path below the common folder, or that folder itself; undefined of what lies elsewhere. */
function relativeTo(common: readonly string[]): (path: string) => string | undefined {
  const above = common.slice(0, -1);
  return (path) => {
    const parts = partsOf(path);
    return parts.length > above.length && above.every((part, at) => parts[at] === part)
      ? parts.slice(above.length).join('/')
      : undefined;
  };
}

function partsOf(path: string): string[] {
  return path.split(/[\\/]/).filter((part) => part !== '');
}
