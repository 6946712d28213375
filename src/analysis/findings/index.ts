/**
 * What makes a run slower than it need be: one file per rule, with its definition, its thresholds and the reasons for them
 * at the top. A rule says nothing where nothing is wrong or where the input cannot show it.
 */
import type { RunAnalysis } from '../analyse-run.ts';
import { aiCpuOps } from './ai-cpu-ops.ts';
import { cacheCounters } from './cache-counters.ts';
import { copyInLoop } from './copy-in-loop.ts';
import { exposedCommunication } from './exposed-communication.ts';
import type { Finding, FindingRule } from './finding.ts';
import { frequencyDrop } from './frequency-drop.ts';
import { garbageCollection } from './garbage-collection.ts';
import { hostBound } from './host-bound.ts';
import { jitteryCommunication } from './jittery-communication.ts';
import { layoutOverhead } from './layout-overhead.ts';
import { lowCubeUtilisation } from './low-cube-utilisation.ts';
import { memoryAllocation } from './memory-allocation.ts';
import { opCompilation } from './op-compilation.ts';
import { profilingOverhead } from './profiling-overhead.ts';
import { slowDataLoading } from './slow-data-loading.ts';
import { slowEnvironment } from './slow-environment.ts';
import { slowFeeding } from './slow-feeding.ts';
import { smallOps } from './small-ops.ts';
import { smallPackets } from './small-packets.ts';
import { synchronousApi } from './synchronous-api.ts';
import { unbalancedRanks } from './unbalanced-ranks.ts';

const RULES = {
  'host-bound': hostBound,
  'slow-environment': slowEnvironment,
  'synchronous-api': synchronousApi,
  'op-compilation': opCompilation,
  'garbage-collection': garbageCollection,
  'memory-allocation': memoryAllocation,
  'slow-data-loading': slowDataLoading,
  'profiling-overhead': profilingOverhead,
  'cache-counters': cacheCounters,
  'small-ops': smallOps,
  'ai-cpu-ops': aiCpuOps,
  'layout-overhead': layoutOverhead,
  'low-cube-utilisation': lowCubeUtilisation,
  'frequency-drop': frequencyDrop,
  'copy-in-loop': copyInLoop,
  'slow-feeding': slowFeeding,
  'exposed-communication': exposedCommunication,
  'unbalanced-ranks': unbalancedRanks,
  'jittery-communication': jitteryCommunication,
  'small-packets': smallPackets,
} satisfies Record<string, FindingRule>;

export type RuleName = keyof typeof RULES;
export type EvidenceOf<Rule extends RuleName> = NonNullable<Awaited<ReturnType<(typeof RULES)[Rule]>>>['evidence'];
/** What any of the rules may find, each with evidence of its own. */
export type RunFinding = { [Rule in RuleName]: Finding<Rule, EvidenceOf<Rule>> }[RuleName];

/** The findings of a run, those first with the most time that is surely at stake: stake * confidence. */
export async function findings(analysis: RunAnalysis): Promise<RunFinding[]> {
  const found: RunFinding[] = [];
  for (const [rule, look] of Object.entries(RULES)) {
    const seen = await look(analysis);
    // The table says which rule gives which evidence, but not to the compiler.
    if (seen !== undefined) found.push({ rule, ...seen } as RunFinding);
  }
  const weight = ({ stakeNs, confidence }: RunFinding): number => stakeNs * confidence;
  return found.sort((a, b) => weight(b) - weight(a) || (a.rule < b.rule ? -1 : 1));
}
