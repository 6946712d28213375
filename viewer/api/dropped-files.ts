import type { BrowserFile } from '../../src/platform/browser/index.ts';

/** What was dropped or chosen: all files of it, and what was named: files and the outermost folders. */
export interface DroppedFiles {
  readonly files: readonly BrowserFile[];
  readonly inputs: readonly string[];
}

/** Must be called while the event is handled: afterwards the browser forgets what was dropped. */
export async function filesOfDrop(dropped: DataTransfer): Promise<DroppedFiles> {
  const entries = [...dropped.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  // Files that a program hands over have no entries.
  if (entries.length === 0) return filesOfList(dropped.files);
  const files: BrowserFile[] = [];
  for (const entry of entries) await walk(entry, '', files);
  return { files, inputs: entries.map(({ name }) => name) };
}

/** Of `<input type="file">`; with `webkitdirectory` the files say the folders they lie in. */
export function filesOfList(list: Iterable<File>): DroppedFiles {
  const files = [...list].map((file): BrowserFile => ({ path: file.webkitRelativePath || file.name, blob: file }));
  const visible = files.filter(({ path }) => !path.split('/').some(isHidden));
  return { files: visible, inputs: [...new Set(visible.map(({ path }) => path.split('/')[0]))] };
}

async function walk(entry: FileSystemEntry, folder: string, files: BrowserFile[]): Promise<void> {
  const path = folder + entry.name;
  if (isFile(entry)) {
    files.push({ path, blob: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) });
    return;
  }
  if (!isFolder(entry)) return;
  const reader = entry.createReader();
  // It gives a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const each of some) if (!isHidden(each.name)) await walk(each, `${path}/`, files);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isHidden(name: string): boolean {
  return name.startsWith('.');
}
