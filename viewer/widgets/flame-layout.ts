/** Frames of stacks in the order in which a tree is read: each behind the one around it. */
export interface Frames {
  /** -1 where nothing is around. */
  readonly parent: ArrayLike<number>;
  /** How wide each is; those inside one are never wider together than itself. */
  readonly width: ArrayLike<number>;
}

/** A frame in sight: its row from above, and its place from 0 to 1. */
export interface FrameBox {
  readonly frame: number;
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The frames around one, as wide as the picture, and below it what is inside it to scale; all of it where nothing is looked
 * into (-1). What is narrower than `least` of the picture is left out, with all that is inside.
 */
export function layOut({ parent, width }: Frames, focus: number, least: number): FrameBox[] {
  const start = new Float64Array(parent.length);
  const row = new Int32Array(parent.length);
  const next = new Float64Array(parent.length);
  let end = 0;
  for (let frame = 0; frame < parent.length; frame++) {
    const around = parent[frame];
    start[frame] = around < 0 ? end : next[around];
    row[frame] = around < 0 ? 0 : row[around] + 1;
    next[frame] = start[frame];
    if (around < 0) end += width[frame];
    else next[around] += width[frame];
  }
  const [fromAt, wide] = focus < 0 ? [0, end] : [start[focus], width[focus]];
  if (!(wide > 0)) return [];
  const boxes: FrameBox[] = [];
  for (let around = focus; around >= 0; around = parent[around]) {
    boxes.unshift({ frame: around, row: row[around], from: 0, to: 1 });
  }
  const first = focus + 1;
  for (let frame = first; frame < parent.length && (focus < 0 || row[frame] > row[focus]); frame++) {
    if (width[frame] / wide < least) continue;
    const from = (start[frame] - fromAt) / wide;
    boxes.push({ frame, row: row[frame], from, to: from + width[frame] / wide });
  }
  return boxes;
}

/** Frames that are looked for: how many, the widest, and their share of all; what is nested in another one counts once. */
export interface FoundFrames {
  readonly count: number;
  /** -1 where there is none. */
  readonly widest: number;
  readonly share: number;
}

export function foundIn({ parent, width }: Frames, isFound: (frame: number) => boolean): FoundFrames {
  const isWithin = new Uint8Array(parent.length);
  let [count, widest, foundWidth, whole] = [0, -1, 0, 0];
  for (let frame = 0; frame < parent.length; frame++) {
    const around = parent[frame];
    if (around < 0) whole += width[frame];
    const isNested = around >= 0 && isWithin[around] === 1;
    isWithin[frame] = Number(isNested);
    if (!isFound(frame)) continue;
    count++;
    isWithin[frame] = 1;
    if (!isNested) foundWidth += width[frame];
    if (widest < 0 || width[frame] > width[widest]) widest = frame;
  }
  return { count, widest, share: whole > 0 ? foundWidth / whole : 0 };
}

/** The frame beside, around or inside another one, among those in sight; itself where there is none. */
export function stepFrom(boxes: readonly FrameBox[], frame: number, key: FrameKey, parent: ArrayLike<number>): number {
  const isIn = (each: number): boolean => boxes.some((box) => box.frame === each);
  if (!isIn(frame)) return boxes[0]?.frame ?? frame;
  if (key === 'ArrowUp') return parent[frame] >= 0 ? parent[frame] : frame;
  if (key === 'ArrowDown') return boxes.find((box) => parent[box.frame] === frame)?.frame ?? frame;
  const beside = boxes.filter((box) => parent[box.frame] === parent[frame]).map((box) => box.frame);
  const at = beside.indexOf(frame) + (key === 'ArrowRight' ? 1 : -1);
  return beside[at] ?? frame;
}

export const FRAME_KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;
export type FrameKey = (typeof FRAME_KEYS)[number];
