/** Rows change places with their like, with what belongs to them: pinned tracks among each other, others within what holds them. */
import type { PageWords } from '../../src/locale/viewer-page.ts';
import type { PanelContext } from '../panels/panel.ts';
import type { ViewState } from '../state.ts';
import type { PlacedRow } from './arrangement.ts';
import { trackName } from './track-names.ts';
import { endOfRow, type Row } from './rows.ts';
import type { ShownTracks } from './shown-tracks.ts';
import { movedNextTo, orderWith, siblingsOf } from './track-order.ts';

interface Block {
  readonly node: number;
  /** Within its layout. */
  readonly topPx: number;
  readonly bottomPx: number;
}

/** A row that may be moved, and those among which it stands. */
export interface Movable {
  readonly row: Row;
  readonly node: number;
  readonly isPinned: boolean;
  /** As they stand, also those that are filtered away. */
  readonly siblings: readonly number[];
  /** Those that are rows. */
  readonly blocks: readonly Block[];
}

export class RowMoves {
  readonly #tracks: ShownTracks;
  readonly #context: PanelContext;
  readonly #words: PageWords;

  constructor(tracks: ShownTracks, context: PanelContext, words: PageWords) {
    this.#tracks = tracks;
    this.#context = context;
    this.#words = words;
  }

  movable({ row, isPinned }: Pick<PlacedRow, 'row' | 'isPinned'>): Movable {
    const tracks = this.#tracks;
    const node = tracks.nodeOf(row);
    const layout = isPinned ? tracks.pinned : tracks.main;
    const siblings = isPinned
      ? this.#context.store.state.pinned.map((track) => tracks.firstTrack + track)
      : siblingsOf(tracks.tree, node, tracks.firstTrack);
    const family = new Set(siblings);
    const blocks = layout.rows.flatMap((each, at): Block[] => {
      const sibling = tracks.nodeOf(each);
      if (!family.has(sibling)) return [];
      return [{ node: sibling, topPx: layout.topsPx[at], bottomPx: layout.topsPx[endOfRow(layout, at)] }];
    });
    return { row, node, isPinned, siblings, blocks };
  }

  /** One place up or down. */
  step(placed: Pick<PlacedRow, 'row' | 'isPinned'>, by: -1 | 1): void {
    const movable = this.movable(placed);
    const at = movable.blocks.findIndex(({ node }) => node === movable.node);
    this.drop(movable, at + (by < 0 ? -1 : 2));
  }

  /** Puts it before the block of a position, or after the last one. */
  drop(movable: Movable, gap: number): void {
    const { node, siblings, blocks, row } = movable;
    const name = this.#nameOf(row);
    if (gap < 0 || gap > blocks.length) {
      this.#context.announce(this.#words.isAtEnd(name));
      return;
    }
    const at = blocks.findIndex((block) => block.node === node);
    if (gap === at || gap === at + 1) return;
    const isLast = gap === blocks.length;
    const next = movedNextTo(siblings, node, blocks[isLast ? gap - 1 : gap].node, isLast ? 'after' : 'before');
    this.#context.store.set(this.#change(movable, next));
    this.#context.announce(this.#words.movedTo(name, next.indexOf(node) + 1, next.length));
  }

  #change({ isPinned }: Movable, siblings: readonly number[]): Partial<ViewState> {
    if (isPinned) return { pinned: siblings.map((node) => node - this.#tracks.firstTrack) };
    return { order: orderWith(this.#context.store.state.order, siblings) };
  }

  #nameOf(row: Row): string {
    switch (row.kind) {
      case 'group':
        return row.group.label;
      case 'process':
        return row.name;
      case 'track':
        return trackName(this.#context.info, row.track);
    }
  }
}

/** The gap that is nearest to a height within the layout, and where it is. */
export function gapAt({ blocks }: Movable, yPx: number): { readonly gap: number; readonly atPx: number } {
  const gap = blocks.findIndex(({ topPx, bottomPx }) => yPx < (topPx + bottomPx) / 2);
  if (gap < 0) return { gap: blocks.length, atPx: blocks.at(-1)?.bottomPx ?? 0 };
  return { gap, atPx: blocks[gap].topPx };
}
