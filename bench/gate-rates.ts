/**
 * How often the gate cries wolf, and how often it misses one, on runs whose truth is known: pairs of sides without any
 * change, and pairs in which one of the top ops takes 5 % longer.
 *
 *   npm run gate-rates                     200 pairs each, three runs a side
 *   npm run gate-rates -- --pairs 50 --first-seed 900000
 */
import { parseArgs } from 'node:util';
import { compareRuns, DEFAULT_RULES, parseRules } from '../src/analysis/compare/index.ts';
import { type Noise, noisySummary, USUAL_NOISE, type Workload, workload } from '../test/support/noisy-runs.ts';

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '200' }, 'first-seed': { type: 'string', default: '31000000' } },
});
const pairs = Number(values.pairs);
const firstSeed = Number(values['first-seed']);
const rules = parseRules(DEFAULT_RULES);
const tool = { name: 'traceconv', version: 'bench' };

interface Setting {
  readonly title: string;
  readonly runs: number;
  readonly noise: Noise;
  readonly slowdown: number;
  /** Only one of these many ops with the most time is slowed down. */
  readonly topOps: number;
}

const three = { runs: 3, noise: USUAL_NOISE, topOps: 10 };
const SETTINGS: readonly Setting[] = [
  { ...three, title: 'three runs a side, runs off by 1 to 3 %', slowdown: 1.05 },
  {
    ...three,
    title: 'the same, ops of a run off by 0.7 % besides',
    slowdown: 1.05,
    noise: { ...USUAL_NOISE, opInRun: 0.007 },
  },
  {
    ...three,
    title: 'ops of three of eight types off by an offset of their type',
    slowdown: 1.05,
    noise: { ...USUAL_NOISE, typesApart: 3 },
  },
  { ...three, title: 'one run a side, ops slowed by 20 %', slowdown: 1.2, runs: 1 },
];

console.log(`${pairs} pairs each, seeds from ${firstSeed}; rules: ${DEFAULT_RULES}`);
for (const setting of SETTINGS) {
  let falseAlarms = 0;
  let found = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const seed = firstSeed + 100 * pair;
    const load = workload(seed);
    if (alarms(load, setting, seed, new Map()).length > 0) falseAlarms++;
    const op = pair % setting.topOps;
    const failing = alarms(load, setting, seed + 50, new Map([[op, setting.slowdown]]));
    if (failing.some((key) => key.includes(`layer.${op}/`))) found++;
  }
  const rate = (count: number): string => `${count} of ${pairs} (${((100 * count) / pairs).toFixed(1)} %)`;
  console.log(`${setting.title}: false alarms ${rate(falseAlarms)}, slowed ops found ${rate(found)}`);
}

/** The keys of what broke a rule. */
function alarms(load: Workload, { runs, noise }: Setting, seed: number, slower: Map<number, number>): string[] {
  const side = (
    first: number,
    slowed: Map<number, number>,
  ): { name: string; summary: ReturnType<typeof noisySummary> }[] =>
    Array.from({ length: runs }, (_, run) => ({
      name: `run ${run}`,
      summary: noisySummary(load, first + run, { noise, slower: slowed }),
    }));
  const { rules: results } = compareRuns(side(seed + 1, new Map()), side(seed + 1 + runs, slower), { rules, tool });
  return results.flatMap(({ failing }) => failing);
}
