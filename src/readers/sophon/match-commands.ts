/**
 * Which record is of which command. Monitors lose records and begin to count anew with every launch, so both are cut into
 * sections, sections are paired in order by their length, and within a pair the number tells.
 */
import { NONE } from '../../timeline/index.ts';
import type { CommandList } from './command-list.ts';
import type { EngineLog } from './engine-log.ts';
import { type Section, sectionsOf } from './sections.ts';

/** What pairing two sections costs: nothing if they are equally long, as much as leaving one out if they are not alike. */
const SKIP_COST = 1;
const UNLIKE_COST = 2;
/** Beyond so many pairs to be weighed, sections are paired from the front. */
const MOST_PAIRS = 4_000_000;

/** `lists`: all of the session, of which those of the engine count. The first records may be of no command. */
export function matchCommands(
  { engine, core, length, id }: EngineLog,
  lists: readonly CommandList[],
  openingCount: number,
): CommandMatch {
  const command = new Int32Array(length).fill(NONE);
  const list = new Int32Array(length).fill(NONE);
  const told = lists.flatMap((each, number) =>
    each.engine === engine && each.core === core ? toldSections(each, number) : [],
  );
  const recorded = sectionsOf(id).filter(({ from }) => from >= openingCount);
  const spans = recorded.map(({ from, to }) => id[to - 1] - id[from] + 1);
  for (const [records, commands] of pairs(spans, told)) {
    const { from, to } = recorded[records];
    const section = told[commands];
    // Records of a launch begin with its first command, unless that was lost: then the numbers themselves count.
    const first = spans[records] === section.span ? id[from] : Math.min(section.firstId, id[from]);
    for (let i = from; i < to; i++) {
      const at = commandAt(section, lists[section.list], section.firstId + id[i] - first);
      if (at === NONE) continue;
      command[i] = at;
      list[i] = section.list;
    }
  }
  return { command, list };
}

export interface CommandMatch {
  /** By record: its command in the list, and which of the session's lists that is; NONE: unknown. */
  readonly command: Int32Array;
  readonly list: Int32Array;
}

interface ToldSection extends Section {
  readonly list: number;
  readonly firstId: number;
  /** How many numbers from its first to its last: more than commands where some were not told. */
  readonly span: number;
}

function toldSections({ id }: CommandList, list: number): ToldSection[] {
  return sectionsOf(id).map(({ from, to }) => {
    return { from, to, list, firstId: id[from], span: id[to - 1] - id[from] + 1 };
  });
}

/** The command of a number; NONE where the section has none. */
function commandAt({ from, to, span, firstId }: ToldSection, { id }: CommandList, wanted: number): number {
  if (span === to - from) return wanted >= firstId && wanted < firstId + span ? from + wanted - firstId : NONE;
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (id[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low < to && id[low] === wanted ? low : NONE;
}

/** Pairs sections in their order, so that as few as can be are left out. */
function pairs(spans: readonly number[], told: readonly ToldSection[]): [records: number, commands: number][] {
  const lengths = told.map(({ span }) => span);
  if (spans.length * lengths.length > MOST_PAIRS) return pairsFromFront(spans, lengths);
  const width = lengths.length + 1;
  const cost = new Float64Array((spans.length + 1) * width);
  for (let r = spans.length; r >= 0; r--) {
    for (let c = lengths.length; c >= 0; c--) {
      if (r === spans.length || c === lengths.length) {
        cost[r * width + c] = SKIP_COST * (spans.length - r + lengths.length - c);
        continue;
      }
      const skip = SKIP_COST + Math.min(cost[(r + 1) * width + c], cost[r * width + c + 1]);
      cost[r * width + c] = Math.min(skip, pairCost(spans[r], lengths[c]) + cost[(r + 1) * width + c + 1]);
    }
  }
  const found: [number, number][] = [];
  for (let r = 0, c = 0; r < spans.length && c < lengths.length;) {
    const own = cost[r * width + c];
    if (own === pairCost(spans[r], lengths[c]) + cost[(r + 1) * width + c + 1]) found.push([r++, c++]);
    else if (own === SKIP_COST + cost[(r + 1) * width + c]) r++;
    else c++;
  }
  return found;
}

/** More records than commands cannot be; of fewer, the more are there the better. */
function pairCost(span: number, length: number): number {
  if (span > length) return Number.POSITIVE_INFINITY;
  return span === length ? 0 : UNLIKE_COST * (1 - span / length);
}

function pairsFromFront(spans: readonly number[], lengths: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  let c = 0;
  for (let r = 0; r < spans.length && c < lengths.length; r++) {
    const equal = lengths.indexOf(spans[r], c);
    if (equal < 0) continue;
    found.push([r, equal]);
    c = equal + 1;
  }
  return found;
}
