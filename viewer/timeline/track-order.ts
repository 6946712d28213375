/**
 * The order in which tracks, processes and groups stand among their like. It names those that stand first, each by its number
 * (tracks are numbered after all that can be closed); the others follow as they were captured, which is by number.
 */
import type { TreeGroup } from './track-tree.ts';

/** `firstTrack` is the number of track 0. */
export function inOrder(
  tree: readonly TreeGroup[],
  order: readonly number[],
  firstTrack: number,
): readonly TreeGroup[] {
  if (order.length === 0) return tree;
  const places = new Map(order.map((node, place) => [node, place]));
  const sorted = <Item>(items: readonly Item[], nodeOf: (item: Item) => number): readonly Item[] => {
    const placeOf = (item: Item): number => places.get(nodeOf(item)) ?? Infinity;
    if (items.every((item) => placeOf(item) === Infinity)) return items;
    // Both may be Infinity, whose difference is no number.
    return [...items].sort((a, b) => placeOf(a) - placeOf(b) || 0);
  };
  const sortedGroups = (groups: readonly TreeGroup[]): readonly TreeGroup[] =>
    sorted(groups, ({ node }) => node).map((group) => ({
      ...group,
      inner: sortedGroups(group.inner),
      processes: sorted(group.processes, ({ node }) => node).map((process) => ({
        ...process,
        tracks: sorted(process.tracks, (track) => firstTrack + track),
      })),
    }));
  return sortedGroups(tree);
}

/** The numbers of those that a node stands among, as a tree has them. */
export function siblingsOf(tree: readonly TreeGroup[], node: number, firstTrack: number): readonly number[] {
  for (const family of families(tree, firstTrack)) if (family.includes(node)) return family;
  return [node];
}

function* families(groups: readonly TreeGroup[], firstTrack: number): Generator<readonly number[]> {
  yield groups.map(({ node }) => node);
  for (const { processes, inner } of groups) {
    yield processes.map(({ node }) => node);
    for (const { tracks } of processes) yield tracks.map((track) => firstTrack + track);
    yield* families(inner, firstTrack);
  }
}

/** What an order becomes when siblings stand as given: of them it names no more than it must. */
export function orderWith(order: readonly number[], siblings: readonly number[]): number[] {
  const family = new Set(siblings);
  let named = siblings.length;
  while (named > 0 && (named === siblings.length || siblings[named - 1] < siblings[named])) named--;
  return [...order.filter((node) => !family.has(node)), ...siblings.slice(0, named)];
}

/** `node` right before or after another one. */
export function movedNextTo(
  siblings: readonly number[],
  node: number,
  other: number,
  side: 'before' | 'after',
): number[] {
  const others = siblings.filter((each) => each !== node);
  const at = others.indexOf(other) + Number(side === 'after');
  return [...others.slice(0, at), node, ...others.slice(at)];
}
