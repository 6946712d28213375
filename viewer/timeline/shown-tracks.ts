/** Which rows there are: what is open, pinned, filtered and moved, as the state has it, and what changes that. */
import type { RunInfo } from '../../src/session/requests/protocol.ts';
import type { Store, ViewState } from '../state.ts';
import { type Row, type RowLayout, rowLayout, trackRows } from './rows.ts';
import { inOrder } from './track-order.ts';
import { groupsOf, nodeCount, type TreeGroup, trackTree, tracksOf } from './track-tree.ts';

export class ShownTracks {
  tree: readonly TreeGroup[];
  main: RowLayout;
  pinned: RowLayout;
  /** What is moved has a number; tracks have theirs after all that can be closed. */
  readonly firstTrack: number;
  readonly #captured: readonly TreeGroup[];
  readonly #info: RunInfo;
  readonly #store: Store;

  constructor(info: RunInfo, store: Store) {
    this.#info = info;
    this.#store = store;
    this.#captured = trackTree(info);
    this.firstTrack = nodeCount(this.#captured, info);
    const { state } = store;
    this.tree = inOrder(this.#captured, state.order, this.firstTrack);
    this.main = rowLayout(this.tree, info.tracks, state);
    this.pinned = trackRows(state.pinned, info.tracks);
  }

  /** Whether rows are others. */
  changed(state: ViewState, before: ViewState): boolean {
    const names = ['collapsed', 'pinned', 'trackFilter', 'order'] as const;
    if (names.every((name) => state[name] === before[name])) return false;
    if (state.order !== before.order) this.tree = inOrder(this.#captured, state.order, this.firstTrack);
    this.main = rowLayout(this.tree, this.#info.tracks, state);
    this.pinned = trackRows(state.pinned, this.#info.tracks);
    return true;
  }

  nodeOf(row: Row): number {
    switch (row.kind) {
      case 'group':
        return row.group.node;
      case 'process':
        return row.node;
      case 'track':
        return this.firstTrack + row.track;
    }
  }

  toggle(node: number): void {
    const collapsed = toggled(this.#store.state.collapsed, node);
    this.#store.set({ collapsed: collapsed.sort((a, b) => a - b) });
  }

  togglePin(track: number): void {
    this.#store.set({ pinned: toggled(this.#store.state.pinned, track) });
  }

  /** Closes all groups, or opens everything. */
  closeAll(isClosed: boolean): void {
    const closed = isClosed ? groupsOf(this.tree).map(({ node }) => node) : [];
    this.#store.set({ collapsed: closed.sort((a, b) => a - b) });
  }

  /** Opens what a track is folded into. */
  open(track: number): void {
    const { collapsed } = this.#store.state;
    const groups = groupsOf(this.tree).filter((group) => tracksOf(group).includes(track));
    const processes = groups.flatMap((group) => group.processes).filter(({ tracks }) => tracks.includes(track));
    const within = new Set([...groups, ...processes].map(({ node }) => node));
    if (collapsed.some((node) => within.has(node))) {
      this.#store.set({ collapsed: collapsed.filter((node) => !within.has(node)) }, 'replace');
    }
  }

  inCapturedOrder(): void {
    this.#store.set({ order: [], pinned: [...this.#store.state.pinned].sort((a, b) => a - b) });
  }
}

const toggled = (numbers: readonly number[], number: number): number[] =>
  numbers.includes(number) ? numbers.filter((each) => each !== number) : [...numbers, number];
