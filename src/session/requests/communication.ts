/** What collectives cost, and what went between ranks. */
import { collectivesOf, type Collectives } from '../../analysis/index.ts';
import { linksOf, type Link } from '../../analysis/ranks/links.ts';
import { grouped } from '../../base/index.ts';
import { collectiveOfName, NONE } from '../../timeline/index.ts';
import { perRun } from './per-run.ts';
import type { AnswerTo } from './protocol.ts';
import type { ViewedRun } from './viewed-run.ts';

type Communication = AnswerTo<'communication'>['json'];

const figures = perRun(({ analysis, run }): Communication => {
  const collectives = collectivesOf(analysis);
  return { collectives: costs(collectives), links: matrix(linksOf(run), ranksOfGroups(collectives)) };
});

export function communication(viewed: ViewedRun): AnswerTo<'communication'> {
  return { json: figures(viewed), columns: {} };
}

/** By what names begin with, up to the counters; the ops of every rank count. */
function costs({ sides, waitNs }: Collectives): Communication['collectives'] {
  const named = new Map<number, string>();
  const costs = new Map<string, { count: number; totalNs: number; waitNs: number | null; transferNs: number | null }>();
  for (let side = 0; side < sides.length; side++) {
    const text = sides.name[side];
    const name = named.get(text) ?? withoutCounters(sides.texts.get(text));
    named.set(text, name);
    const cost = costs.get(name) ?? { count: 0, totalNs: 0, waitNs: null, transferNs: null };
    costs.set(name, cost);
    cost.count++;
    cost.totalNs += sides.durNs[side];
    if (Number.isNaN(waitNs[side])) continue;
    cost.waitNs = (cost.waitNs ?? 0) + Math.round(waitNs[side]);
    cost.transferNs = (cost.transferNs ?? 0) + sides.durNs[side] - Math.round(waitNs[side]);
  }
  return [...costs].map(([name, cost]) => ({ name, ...cost })).sort((a, b) => b.totalNs - a.totalNs);
}

/** hcom_allReduce__586_0_1 -> hcom_allReduce__586 */
function withoutCounters(name: string): string {
  const { type, group } = collectiveOfName(name);
  return group === '' ? type : name.slice(0, name.indexOf(group, type.length) + group.length);
}

/**
 * By group: its ranks in the job, where as many took part in its ops as its links have numbers for. Groups number their ranks
 * in the order of those.
 */
function ranksOfGroups({ sides }: Collectives): ReadonlyMap<string, readonly number[]> {
  const ranks = new Map<number, Set<number>>();
  for (let side = 0; side < sides.length; side++) {
    const group = sides.group[side];
    const { rank } = sides.participants[sides.participant[side]];
    if (group !== NONE && rank !== NONE) ranks.set(group, (ranks.get(group) ?? new Set()).add(rank));
  }
  return new Map([...ranks].map(([group, own]) => [sides.texts.get(group), [...own].sort((a, b) => a - b)]));
}

function matrix(links: readonly Link[], ranksOf: ReadonlyMap<string, readonly number[]>): Communication['links'] {
  const placed = grouped(links, ({ group }) => group).flatMap((ofGroup) => {
    const size = 1 + Math.max(...ofGroup.flatMap(({ fromRank, toRank }) => [fromRank, toRank]));
    const ranks = ranksOf.get(ofGroup[0].group);
    if (ranks?.length !== size) return ofGroup;
    return ofGroup.map((link) => ({
      ...link,
      group: '',
      fromRank: ranks[link.fromRank],
      toRank: ranks[link.toRank],
    }));
  });
  const key = ({ group, fromRank, toRank, transport }: Link): string =>
    JSON.stringify([group, fromRank, toRank, transport]);
  return grouped(placed, key)
    .map((alike) => {
      const [{ group, fromRank, toRank, transport }] = alike;
      const sizeBytes = alike.reduce((sum, link) => sum + link.sizeBytes, 0);
      const durNs = Math.round(alike.reduce((sum, link) => sum + link.transferNs, 0));
      return { group, fromRank, toRank, transport, sizeBytes, durNs, gigabytesPerSecond: sizeBytes / durNs };
    })
    .sort((a, b) => a.gigabytesPerSecond - b.gigabytesPerSecond);
}
