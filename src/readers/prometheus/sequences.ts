import { fileName } from '../../timeline/index.ts';
import { joined } from './joined.ts';
import type { Recording } from './recording.ts';
import { plainName, PROCESS_START } from './vllm-names.ts';

const BEFORE = /(^|[-_. ])(before|pre)(?=[-_. ]|$)/i;
const AFTER = /(^|[-_. ])(after|post)(?=[-_. ]|$)/i;

/**
 * Which recordings of one folder follow one another: `x-before` and `x-after` by their names, all of one server process, and
 * two that say nothing of their process where nothing in one of them is less than in the other.
 */
export function sequencesOf(recordings: readonly Recording[]): Recording[] {
  const groups = new Map<string, Recording[]>();
  recordings.forEach((recording, i) => {
    const key = pairKey(recording, recordings) ?? processKey(recording) ?? `file ${i}`;
    groups.set(key, [...(groups.get(key) ?? []), recording]);
  });
  const all = [...groups].map(([key, members]) => (key.startsWith(PAIR) ? inPairOrder(members) : inOrder(members)));
  const alone = all.flatMap((members) => (members.length === 1 ? members : []));
  if (all.length === 2 && alone.length === 2 && alone.every((each) => processKey(each) === undefined)) {
    const [before, after] = inOrder(alone);
    if (follows(before, after)) return [joined([before, after])];
  }
  return all.map(joined);
}

const PAIR = 'pair ';

function nameOf({ scrapes }: Recording): string {
  return fileName(scrapes[0].path);
}

function pairKey(recording: Recording, all: readonly Recording[]): string | undefined {
  const stem = (name: string): string => name.replace(BEFORE, '$1').replace(AFTER, '$1');
  const name = nameOf(recording);
  const isHalf = (own: RegExp, other: RegExp): boolean =>
    own.test(name) && all.some((each) => other.test(nameOf(each)) && stem(nameOf(each)) === stem(name));
  return isHalf(BEFORE, AFTER) || isHalf(AFTER, BEFORE) ? PAIR + stem(name) : undefined;
}

function inPairOrder(members: readonly Recording[]): Recording[] {
  return [...members].sort((a, b) => Number(AFTER.test(nameOf(a))) - Number(AFTER.test(nameOf(b))));
}

/** One server process writes one time of its start on every page. */
function processKey({ series }: Recording): string | undefined {
  const starts = series.filter(({ name }) => name === PROCESS_START);
  return starts.length === 1 ? `process ${starts[0].values[starts[0].values.length - 1]}` : undefined;
}

/** By time, else by what was counted: counters only rise. */
function inOrder(members: readonly Recording[]): Recording[] {
  const keys = new Map(members.map((each) => [each, { timeMs: each.scrapes[0].timeMs, counted: countedOn(each) }]));
  return [...members].sort((a, b) => {
    const [first, second] = [keys.get(a)!, keys.get(b)!];
    const byTime = first.timeMs - second.timeMs;
    return Number.isNaN(byTime) || byTime === 0 ? first.counted - second.counted : byTime;
  });
}

function countersOf({ series }: Recording): Map<string, number> {
  const counters = series.filter(({ name }) => plainName(name) !== name && /_(total|count)$/.test(name));
  return new Map(
    counters.map(({ name, labels, values }) => [JSON.stringify([name, ...labels]), values[values.length - 1]]),
  );
}

function countedOn(recording: Recording): number {
  return [...countersOf(recording).values()].reduce((sum, value) => sum + value, 0);
}

function follows(before: Recording, after: Recording): boolean {
  const later = countersOf(after);
  const earlier = [...countersOf(before)];
  return earlier.length > 0 && earlier.every(([key, value]) => (later.get(key) ?? -1) >= value);
}
