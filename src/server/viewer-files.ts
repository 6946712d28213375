import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnvironmentError } from '../base/index.ts';

export interface ServedFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/** From the built command, and from its sources. */
const BUILT = fileURLToPath(
  new URL(import.meta.url.endsWith('.js') ? '../viewer/' : '../../dist/viewer/', import.meta.url),
);

/** The page and what it loads, by the path it is asked for with: nothing else is ever served, so no path leads astray. */
export async function viewerFiles(folder = BUILT): Promise<ReadonlyMap<string, ServedFile>> {
  const files = new Map<string, ServedFile>();
  const page = await textOf(folder, 'index.html');
  files.set('/', { type: TYPES.html, bytes: new TextEncoder().encode(served(page)) });
  for (const name of await readdir(join(folder, 'assets'))) {
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (type === undefined) continue;
    files.set(`/assets/${name}`, { type, bytes: await readFile(join(folder, 'assets', name)) });
  }
  return files;
}

/** The viewer as one file, to be saved with a run in it. */
export function singleFileViewer(folder = BUILT): Promise<string> {
  return textOf(folder, 'viewer.html');
}

/** The page asks whom it came from, instead of reading files itself. */
function served(page: string): string {
  return page.replace('name="traceconv-runs" content="worker"', 'name="traceconv-runs" content="server"');
}

async function textOf(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch {
    const path = join(folder, name);
    throw new EnvironmentError('no_viewer', path, `the viewer is not built: ${path}`, 'in a clone: npm run build');
  }
}
