import { mean } from '../../base/index.ts';
import { NONE } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import type { Collectives } from '../collectives/collectives.ts';
import { Coverage } from '../coverage.ts';
import type { RankStep } from './rank-steps.ts';

/** What a slow rank does longer than the others before it comes: by how much, over the collectives it came last in. */
export interface SlowReason {
  readonly why: 'computes-longer' | 'communicates-longer' | 'host-late' | 'idle' | 'unknown';
  /** Beyond the mean of the others; undefined where nothing tells. */
  readonly computeNs: number | undefined;
  readonly communicationNs: number | undefined;
  readonly idleNs: number | undefined;
}

export interface Case {
  readonly participant: number;
  /** The collectives it came last in. */
  readonly votes: readonly number[];
  readonly previous: Int32Array;
  readonly steps: readonly RankStep[];
}

const UNKNOWN: SlowReason = { why: 'unknown', computeNs: undefined, communicationNs: undefined, idleNs: undefined };

type Times = readonly [computeNs: number, communicationNs: number, idleNs: number];

export function reasonOf(analysis: RunAnalysis, collectives: Collectives, slow: Case): SlowReason {
  const excess = excessBefore(analysis, collectives, slow) ?? excessOfSteps(slow, collectives);
  if (excess === undefined) return UNKNOWN;
  const [computeNs, communicationNs, idleNs] = excess.map(Math.round);
  const greatest = Math.max(computeNs, communicationNs, idleNs);
  const figures = { computeNs, communicationNs, idleNs };
  if (greatest <= 0) return { why: 'unknown', ...figures };
  if (greatest === computeNs) return { why: 'computes-longer', ...figures };
  if (greatest === communicationNs) return { why: 'communicates-longer', ...figures };
  return { why: isHostLate(analysis, collectives, slow) ? 'host-late' : 'idle', ...figures };
}

/** What fills the time before its collectives; undefined where it or all others have no tasks. */
function excessBefore({ devices }: RunAnalysis, collectives: Collectives, slow: Case): Times | undefined {
  const { sides, matched } = collectives;
  const fills = devices.map((device) => new Fill(device));
  const sum = [0, 0, 0];
  let counted = 0;
  for (const collective of slow.votes) {
    const members = matched.members.subarray(matched.from[collective], matched.from[collective + 1]);
    const own: Times[] = [];
    const others: Times[] = [];
    for (const side of members) {
      const fill = fills[sides.participant[side]] as Fill | undefined;
      if (fill === undefined) continue;
      const before = slow.previous[side];
      const fromNs = before === NONE ? fill.startNs : sides.startNs[before] + sides.durNs[before];
      (sides.participant[side] === slow.participant ? own : others).push(fill.of(fromNs, sides.startNs[side]));
    }
    if (own.length === 0 || others.length === 0) continue;
    counted++;
    for (let part = 0; part < sum.length; part++) sum[part] += own[0][part] - mean(others.map((each) => each[part]));
  }
  return counted === 0 ? undefined : [sum[0], sum[1], sum[2]];
}

/** What a device does of a stretch of time. */
class Fill {
  readonly startNs: number;
  readonly #compute: Coverage;
  readonly #exposed: Coverage;

  constructor({ overlap }: DeviceAnalysis) {
    this.startNs = overlap.window.startNs;
    this.#compute = new Coverage(overlap.compute);
    this.#exposed = new Coverage(overlap.exposedCommunication);
  }

  of(fromNs: number, toNs: number): Times {
    const computeNs = this.#compute.withinNs(fromNs, toNs);
    const exposedNs = this.#exposed.withinNs(fromNs, toNs);
    return [computeNs, exposedNs, Math.max(0, toNs - fromNs) - computeNs - exposedNs];
  }
}

/** Communication is no reason here: it is where the others wait. */
function excessOfSteps({ participant, steps }: Case, { sides: { jobs } }: Collectives): Times | undefined {
  const ofJob = steps.filter((each) => jobs[each.participant] === jobs[participant]);
  const own = ofJob.filter((each) => each.participant === participant);
  const others = ofJob.filter((each) => each.participant !== participant);
  const excess = (figure: 'computeNs' | 'idleNs'): number =>
    mean(own.map((each) => each[figure] ?? Number.NaN)) - mean(others.map((each) => each[figure] ?? Number.NaN));
  const [computeNs, idleNs] = [excess('computeNs'), excess('idleNs')];
  return Number.isNaN(computeNs + idleNs) ? undefined : [computeNs, 0, idleNs];
}

/** Most of the launches that are known came when the device had run dry already. */
function isHostLate({ devices, launches }: RunAnalysis, { sides, matched }: Collectives, slow: Case): boolean {
  const device = devices[slow.participant] as DeviceAnalysis | undefined;
  if (device === undefined) return false;
  const { tasks, overlap } = device;
  const compute = new Coverage(overlap.compute);
  let [late, known] = [0, 0];
  for (const collective of slow.votes) {
    const members = matched.members.subarray(matched.from[collective], matched.from[collective + 1]);
    const task = sides.task[members.find((side) => sides.participant[side] === slow.participant)!];
    const launch = launches.of(tasks.streams[tasks.stream[task]].shard, tasks.slice[task]);
    if (launch === undefined) continue;
    known++;
    if (launch.startNs > (compute.lastBefore(tasks.startNs[task]) ?? tasks.startNs[task])) late++;
  }
  return late > known / 2;
}
