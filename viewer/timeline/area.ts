import type { Arrangement } from './arrangement.ts';
import { groupsOf, tracksOf, type TreeGroup } from './track-tree.ts';

/** The tracks of the rows between two heights; those that are folded into a row are all meant by it. */
export function tracksBetween(
  arrangement: Arrangement,
  tree: readonly TreeGroup[],
  from: number,
  to: number,
): number[] {
  const [top, bottom] = [Math.min(from, to), Math.max(from, to)];
  const rows = [...arrangement.pinnedRows(), ...arrangement.scrollingRows()];
  const processes = groupsOf(tree).flatMap((group) => group.processes);
  const tracks = rows.flatMap(({ row, yPx }) => {
    if (yPx >= bottom || yPx + row.heightPx <= top) return [];
    switch (row.kind) {
      case 'track':
        return [row.track];
      case 'process':
        return row.isOpen ? [] : (processes.find(({ node }) => node === row.node)?.tracks ?? []);
      case 'group':
        return row.isOpen ? [] : tracksOf(row.group);
    }
  });
  return [...new Set(tracks)].sort((a, b) => a - b);
}
