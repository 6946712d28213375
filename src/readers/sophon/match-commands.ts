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
/** Then an equal section is looked for among so many. */
const MOST_AHEAD = 1000;

/** `lists`: all of the session, of which those of the engine count. The first records may be of no command. */
export function matchCommands(
  { engine, core, length, id, isActive }: EngineLog,
  lists: readonly CommandList[],
  openingCount: number,
): CommandMatch {
  const command = new Int32Array(length).fill(NONE);
  const told = lists.flatMap((each, number) =>
    each.engine === engine && each.core === core ? toldSections(each, number) : [],
  );
  if (told.length === 0) return { command, list: command };
  const list = command.slice();
  const recorded = sectionsOf(id).filter(({ from }) => from >= openingCount);
  const spans = recorded.map(({ from, to }): Span => {
    return { span: id[to - 1] - id[from] + 1, isBusy: isActive.subarray(from, to).includes(1) };
  });
  for (const [records, commands] of pairs(spans, told)) {
    const { from, to } = recorded[records];
    const section = told[commands];
    // Records of a launch begin with its first command, unless that was lost: then the numbers themselves count.
    const first = spans[records].span === section.span ? id[from] : Math.min(section.firstId, id[from]);
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

/** As pairing sees a section. */
interface Span {
  /** How many numbers from its first to its last: more than commands where some were not told. */
  readonly span: number;
  readonly isBusy: boolean;
}

interface ToldSection extends Section, Span {
  readonly list: number;
  readonly firstId: number;
}

function toldSections({ id, isSystem }: CommandList, list: number): ToldSection[] {
  return sectionsOf(id).map(({ from, to }) => {
    const isBusy = isSystem.subarray(from, to).includes(0);
    return { from, to, list, firstId: id[from], span: id[to - 1] - id[from] + 1, isBusy };
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
function pairs(spans: readonly Span[], told: readonly Span[]): [records: number, commands: number][] {
  if (spans.length * told.length > MOST_PAIRS) return pairsFromFront(spans, told);
  const width = told.length + 1;
  const cost = new Float64Array((spans.length + 1) * width);
  for (let r = spans.length; r >= 0; r--) {
    for (let c = told.length; c >= 0; c--) {
      if (r === spans.length || c === told.length) {
        cost[r * width + c] = SKIP_COST * (spans.length - r + told.length - c);
        continue;
      }
      const skip = SKIP_COST + Math.min(cost[(r + 1) * width + c], cost[r * width + c + 1]);
      cost[r * width + c] = Math.min(skip, pairCost(spans[r], told[c]) + cost[(r + 1) * width + c + 1]);
    }
  }
  const found: [number, number][] = [];
  for (let r = 0, c = 0; r < spans.length && c < told.length;) {
    const own = cost[r * width + c];
    if (own === pairCost(spans[r], told[c]) + cost[(r + 1) * width + c + 1]) found.push([r++, c++]);
    else if (own === SKIP_COST + cost[(r + 1) * width + c]) r++;
    else c++;
  }
  return found;
}

/** More records than commands cannot be, nor any that move nothing where commands do; of fewer, the more the better. */
function pairCost(recorded: Span, told: Span): number {
  if (recorded.span > told.span || (told.isBusy && !recorded.isBusy)) return Number.POSITIVE_INFINITY;
  return recorded.span === told.span ? 0 : UNLIKE_COST * (1 - recorded.span / told.span);
}

function pairsFromFront(spans: readonly Span[], told: readonly Span[]): [number, number][] {
  const found: [number, number][] = [];
  let c = 0;
  for (let r = 0; r < spans.length && c < told.length; r++) {
    const end = Math.min(told.length, c + MOST_AHEAD);
    let equal = c;
    while (equal < end && pairCost(spans[r], told[equal]) > 0) equal++;
    if (equal === end) continue;
    found.push([r, equal]);
    c = equal + 1;
  }
  return found;
}
