/** Paths as text, with either kind of slash: the rooms down here do not know on which system they run. */

/** The folders around a path, the nearest first. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let at = lastSlash(path); at > 0; at = lastSlash(path.slice(0, at))) folders.push(path.slice(0, at));
  return folders;
}

function lastSlash(path: string): number {
  return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
}
