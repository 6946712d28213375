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

/** `lists`: all of the session, of which those of the engine count. */
export function matchCommands(
  { engine, core, length, id, isActive }: EngineLog,
  lists: readonly CommandList[],
): CommandMatch {
  const command = new Int32Array(length).fill(NONE);
  const list = new Int32Array(length).fill(NONE);
  const told = lists.flatMap((each, number) =>
    each.engine === engine && each.core === core
      ? sectionsOf(each.id).map((section) => ({ ...section, list: number, isBusy: isBusy(section, each.isSystem, 0) }))
      : [],
  );
  const recorded = sectionsOf(id);
  const spans = recorded.map((section) => ({
    length: id[section.to - 1] - id[section.from] + 1,
    isBusy: isBusy(section, isActive, 1),
  }));
  for (const [records, commands] of pairs(spans, told)) {
    const { from, to } = recorded[records];
    const section = told[commands];
    // Numbers of commands that carry them count; the others count from the first record.
    const base = Math.max(1, firstIdOf(section, lists[section.list], id[from], spans[records].length));
    for (let i = from; i < to; i++) {
      const at = section.from + id[i] - base;
      if (at >= section.to) break;
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

/** The number in records of the first command of a section. */
function firstIdOf({ from, to }: Section, { id }: CommandList, firstRecorded: number, span: number): number {
  const first = id[from];
  // Records of a launch begin with its first command, unless that was lost: then the section is longer than its records.
  return span === to - from ? firstRecorded : Math.min(first, firstRecorded);
}

/** As pairing sees a section: what moves nothing is not of commands that do. */
interface Span {
  readonly length: number;
  readonly isBusy: boolean;
}

function isBusy({ from, to }: Section, flags: Uint8Array, busy: number): boolean {
  return flags.subarray(from, to).includes(busy);
}

/** Pairs sections in their order, so that as few as can be are left out. */
function pairs(
  spans: readonly Span[],
  told: readonly (Section & { readonly isBusy: boolean })[],
): [records: number, commands: number][] {
  const lengths = told.map(({ from, to, isBusy: busy }): Span => ({ length: to - from, isBusy: busy }));
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
function pairCost(span: Span, told: Span): number {
  if (span.length > told.length || (told.isBusy && !span.isBusy)) return Number.POSITIVE_INFINITY;
  return span.length === told.length ? 0 : UNLIKE_COST * (1 - span.length / told.length);
}

function pairsFromFront(spans: readonly Span[], lengths: readonly Span[]): [number, number][] {
  const found: [number, number][] = [];
  let c = 0;
  for (let r = 0; r < spans.length && c < lengths.length; r++) {
    const end = Math.min(lengths.length, c + MOST_AHEAD);
    let equal = c;
    while (equal < end && pairCost(spans[r], lengths[equal]) > 0) equal++;
    if (equal === end) continue;
    found.push([r, equal]);
    c = equal + 1;
  }
  return found;
}
