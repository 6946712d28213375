import { NONE, type SliceId, type Timeline } from '../../timeline/index.ts';

/** So many slices that outlast what they began in are followed at a time. */
const MOST_RESTS = 64;

interface Rest {
  readonly slice: SliceId;
  readonly startNs: number;
  readonly endNs: number;
}

/**
 * Cuts the slices [from, to) of one thread, sorted by (startNs, -durNs), into pieces that nest: a slice that begins in another
 * one and outlasts it is cut where that ends, and its rest nests in what is open from there on. So no moment of a thread
 * counts twice. `add` gets each piece behind the one around it and gives its frame; `around` is the frame of the latter, or NONE.
 * Returns how many rests are left out, as there are too many at a time.
 */
export function cutToStacks(
  { startNs, durNs }: Pick<Timeline['slices'], 'startNs' | 'durNs'>,
  [from, to]: readonly [from: SliceId, to: SliceId],
  add: (slice: SliceId, durNs: number, around: number) => number,
): number {
  const open: { readonly startNs: number; readonly endNs: number; readonly frame: number }[] = [];
  /** The next one is the last. */
  const rests: Rest[] = [];
  let leftOutCount = 0;
  const addPiece = (piece: Rest): void => {
    while (open.length > 0 && isOver(open[open.length - 1], piece)) open.pop();
    const around = open.at(-1);
    const endNs = Math.min(piece.endNs, around?.endNs ?? Number.POSITIVE_INFINITY);
    if (endNs < piece.endNs) {
      if (rests.length === MOST_RESTS) leftOutCount++;
      else insert(rests, { ...piece, startNs: endNs });
    }
    const frame = add(piece.slice, endNs - piece.startNs, around?.frame ?? NONE);
    open.push({ startNs: piece.startNs, endNs, frame });
  };
  const addRestsBefore = (piece: Rest | undefined): void => {
    for (let rest = rests.at(-1); rest !== undefined; rest = rests.at(-1)) {
      if (piece !== undefined && !isBefore(rest, piece)) return;
      rests.pop();
      addPiece(rest);
    }
  };
  for (let slice = from; slice < to; slice++) {
    const whole = { slice, startNs: startNs[slice], endNs: startNs[slice] + durNs[slice] };
    addRestsBefore(whole);
    addPiece(whole);
  }
  addRestsBefore(undefined);
  return leftOutCount;
}

/** Of several slices without length at one moment, each is in the one before. */
function isOver(open: Pick<Rest, 'startNs' | 'endNs'>, { startNs, endNs }: Rest): boolean {
  return open.endNs <= startNs && !(open.startNs === startNs && open.endNs === endNs);
}

function isBefore(rest: Rest, { startNs, endNs }: Rest): boolean {
  return rest.startNs < startNs || (rest.startNs === startNs && rest.endNs >= endNs);
}

function insert(rests: Rest[], rest: Rest): void {
  let at = rests.length;
  while (at > 0 && isBefore(rests[at - 1], rest)) at--;
  rests.splice(at, 0, rest);
}
