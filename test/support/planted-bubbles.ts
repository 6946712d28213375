/**
 * Runs of several ranks with bubbles of known place, length and cause. Devices and hosts are played in the device's time; the
 * skew is added to what hosts record. Ranks meet in collectives, so one that is late makes the others wait.
 */
import type { BubbleCause } from '../../src/analysis/bubbles/bubble.ts';
import type { PlantedCollective, PlantedRank, PlantedRange, PlantedTask, PlantedTime } from './planted-run.ts';
import { seededRandom } from './seeded-random.ts';

export const PLANTED_THRESHOLD_NS = 10_000;

export interface PlantedBubble extends PlantedTime {
  readonly cause: BubbleCause;
  readonly after: string;
  /** How far clocks would have to be apart for the launch to tell another cause; Infinity where none does. */
  readonly marginNs: number;
}

export interface RankWithBubbles extends PlantedRank {
  /** Of the device, at least as long as the threshold. Host time - skew = device time. */
  readonly bubbles: readonly PlantedBubble[];
  /** What collectives expose, in gaps of computing at least as long as the threshold. */
  readonly exposed: readonly (PlantedTime & { readonly cause: BubbleCause })[];
  readonly skewNs: number;
}

export interface BubblePlan {
  readonly seed: number;
  /** By rank. */
  readonly skewsNs: readonly number[];
  readonly moves?: number;
}

const BASE_NS = 3_000_000;
const STREAM = { main: 2, side: 3, copies: 7, setUp: 49 } as const;

type Random = ReturnType<typeof seededRandom>;
interface Gap {
  readonly fromNs: number;
  readonly toNs: number;
}
type Piece = PlantedTime & { readonly cause: BubbleCause };

/** What is planted in a gap of the device, how often, and how long it lasts at least and at most. */
const MOVES: readonly (readonly [
  move: keyof RankPlan & `plant${string}`,
  weight: number,
  minNs: number,
  maxNs: number,
])[] = [
  ['plantFrameworkIdle', 8, 20_000, 900_000],
  ['plantPipelineLaunch', 1, 20_000, 500_000],
  ['plantSlowLaunch', 2, 30_000, 400_000],
  ['plantHalfLate', 2, 20_000, 120_000],
  ['plantEventWait', 2, 12_000, 400_000],
  ['plantCopy', 2, 12_000, 300_000],
  ['plantCopyElsewhere', 1, 30_000, 300_000],
  ['plantScheduling', 2, 10_000, 200_000],
  ['plantNoLaunch', 1, 10_000, 50_000],
  ['plantGraph', 1, 60_000, 400_000],
  ['plantNothing', 8, 200, 4_000],
];

export function plantBubbles({ seed, skewsNs, moves = 48 }: BubblePlan): RankWithBubbles[] {
  const random = seededRandom(seed);
  const ranks = skewsNs.map((skewNs, rank) => new RankPlan(rank, skewNs, seededRandom(seed * 131 + rank)));
  for (const rank of ranks) rank.begin();
  for (let move = 0; move < moves; move++) {
    if (move % 6 === 5) meet(ranks, move, random);
    else for (const rank of ranks) rank.plantAny();
  }
  return ranks.map((rank) => rank.finish());
}

/** All ranks arrive, transfer when the last one is there, and leave one by one. */
function meet(ranks: readonly RankPlan[], move: number, random: Random): void {
  const kind = random.pick(['hcom_allReduce', 'hcom_allReduce', 'hcom_batchSendRecv', 'hcom_receive']);
  const late = random.below(ranks.length);
  const arrivals = ranks.map((rank, number) => rank.arrive(number === late ? random.between(50_000, 400_000) : 0));
  const meetNs = Math.max(...arrivals.map(({ toNs }) => toNs));
  const doneNs = meetNs + random.between(8_000, 60_000);
  for (const [number, rank] of ranks.entries())
    rank.communicate(`${kind}__123_${move}_1`, arrivals[number], meetNs, doneNs);
}

class RankPlan {
  readonly #rank: number;
  readonly #skewNs: number;
  readonly #random: Random;
  readonly #tasks: PlantedTask[] = [];
  readonly #collectives: PlantedCollective[] = [];
  readonly #calls: PlantedRange[] = [];
  readonly #bubbles: PlantedBubble[] = [];
  readonly #pieces: Piece[] = [];
  readonly #kernels: PlantedTime[] = [];
  #busyEndNs = BASE_NS;
  #count = 0;
  /** A collective that the host launches late, until it is there. */
  #lateLaunch: PlantedTask['launch'];

  constructor(rank: number, skewNs: number, random: Random) {
    this.#rank = rank;
    this.#skewNs = skewNs;
    this.#random = random;
  }

  begin(): void {
    this.#task('EVENT_RECORD', STREAM.setUp, BASE_NS, BASE_NS + 20);
    const gap = this.#gap(50_000, 90_000);
    this.#plant(gap, 'start-up', Number.POSITIVE_INFINITY, { launch: this.#lateCall(gap) });
  }

  finish(): RankWithBubbles {
    const tailNs = this.#random.between(12_000, 90_000);
    this.#bubble({ fromNs: this.#busyEndNs, toNs: this.#busyEndNs + tailNs }, 'tail', '');
    this.#task('EVENT_RECORD', STREAM.setUp, this.#busyEndNs + tailNs - 20, this.#busyEndNs + tailNs);
    return {
      ...{ rank: this.#rank, tasks: this.#tasks, collectives: this.#collectives, calls: this.#calls },
      ...{ bubbles: this.#bubbles, exposed: this.#exposed(), skewNs: this.#skewNs },
    };
  }

  plantAny(): void {
    const [move, , minNs, maxNs] = this.#random.weighted(MOVES, ([, weight]) => weight);
    this[move](this.#gap(minNs, maxNs));
  }

  plantNothing(gap: Gap): void {
    this.#plant(gap, 'device-scheduling', Number.POSITIVE_INFINITY, { launch: this.#call(this.#early(gap)) });
  }

  /** Beside it copies that nothing waits for may run, or a short wait. */
  plantFrameworkIdle(gap: Gap): void {
    const launch = this.#lateCall(gap);
    const lengthNs = gap.toNs - gap.fromNs;
    if (this.#random.below(4) === 0)
      this.#task('MEMCPY_ASYNC', STREAM.copies, gap.fromNs + 50, gap.toNs - 60, 'MEMCPY_ASYNC');
    if (this.#random.below(4) === 0) {
      this.#task('EVENT_WAIT', STREAM.main, gap.fromNs + 50, gap.fromNs + Math.floor(lengthNs / 3), 'EVENT_WAIT_SQE');
    }
    const operator = { name: 'aten::mm', startNs: launch.startNs - 700, endNs: launch.endNs + 500 };
    this.#plant(gap, 'host-late-framework', this.#margin(gap, launch), {
      launch,
      ...(this.#random.below(2) === 0 ? { operator } : {}),
    });
  }

  /** The framework had asked for the op before the gap began. */
  plantPipelineLaunch(gap: Gap): void {
    const launch = this.#lateCall(gap);
    const askedNs = gap.fromNs + this.#skewNs - this.#random.between(12_000, 90_000);
    const operator = { name: 'aten::add', startNs: askedNs - 900, endNs: askedNs };
    this.#plant(gap, 'pipeline-launch', this.#margin(gap, launch), { launch, operator });
  }

  plantSlowLaunch(gap: Gap): void {
    const fromNs = gap.fromNs + this.#random.between(200, 1_500);
    const launch = this.#call(fromNs, gap.toNs - this.#random.between(800, 3_500) - fromNs);
    this.#plant(gap, 'host-late-launch', this.#margin(gap, launch), { launch });
  }

  /** Around the point where host and device have the same part in a gap. */
  plantHalfLate(gap: Gap): void {
    const halfNs = Math.floor((gap.toNs - gap.fromNs) / 2);
    const offNs = this.#random.between(-9_000, 9_000);
    const callNs = Math.min(2_000, halfNs / 4);
    const launch = this.#call(gap.fromNs + halfNs + offNs - callNs, callNs);
    const cause = offNs > 0 ? 'host-late-framework' : 'device-scheduling';
    this.#plant(gap, cause, this.#margin(gap, launch), { launch });
  }

  plantEventWait(gap: Gap): void {
    const [name, type] = this.#random.pick([
      ['EVENT_WAIT', 'EVENT_WAIT_SQE'],
      ['Notify Wait', 'Notify Wait'],
    ] as const);
    this.#task(name, STREAM.main, gap.fromNs + 120, gap.toNs - 250, type);
    this.#plant(gap, 'event-wait', Number.POSITIVE_INFINITY, { launch: this.#call(this.#early(gap)) });
  }

  plantCopy(gap: Gap): void {
    this.#task('MEMCPY_ASYNC', STREAM.main, gap.fromNs + 120, gap.toNs - 250, 'MEMCPY_ASYNC');
    this.#plant(gap, 'copy', Number.POSITIVE_INFINITY, { launch: this.#call(this.#early(gap)) });
  }

  /** Another stream copies, and the main one waits for that. */
  plantCopyElsewhere(gap: Gap): void {
    this.#task('MEMCPY_ASYNC', STREAM.copies, gap.fromNs + 100, gap.toNs - 2_500, 'MEMCPY_ASYNC');
    this.#task('EVENT_WAIT', STREAM.main, gap.fromNs + 150, gap.toNs - 700, 'EVENT_WAIT_SQE');
    this.#plant(gap, 'copy', Number.POSITIVE_INFINITY, { launch: this.#call(this.#early(gap)) });
  }

  plantScheduling(gap: Gap): void {
    const launch = this.#call(this.#early(gap));
    this.#plant(gap, 'device-scheduling', this.#margin(gap, launch), { launch });
  }

  plantNoLaunch(gap: Gap): void {
    this.#plant(gap, 'unknown', Number.POSITIVE_INFINITY, {});
  }

  /** One call for several kernels, between which the device may be slow; the call may return when they run already. */
  plantGraph(gap: Gap): void {
    const lengthNs = gap.toNs - gap.fromNs;
    const callNs = gap.fromNs + Math.floor((lengthNs * this.#random.between(5, 30)) / 100);
    const returnNs = gap.toNs + this.#random.pick([-2_000, 30_000]);
    const launch = this.#call(callNs, returnNs - callNs);
    this.#calls.push({
      name: this.#random.pick(['AscendCL@aclmdlRIExecuteAsync', 'Node@launch']),
      startNs: launch.startNs,
      endNs: launch.endNs,
    });
    const launchedAtNs = launch.startNs;
    this.#plant(gap, 'graph-launch', this.#margin(gap, launch), { launchedAtNs });
    for (let kernel = this.#random.between(3, 6); kernel > 0; kernel--) {
      const inside = this.#gap(...((kernel === 3 ? [20_000, 60_000] : [200, 2_000]) as [number, number]));
      this.#plant(inside, 'device-scheduling', Number.POSITIVE_INFINITY, { launchedAtNs });
    }
  }

  /** The gap before a collective: launched in time, or late by that much. */
  arrive(lateNs: number): Gap {
    const gap = lateNs === 0 ? this.#gap(200, 4_000) : this.#gap(lateNs, lateNs);
    this.#lateLaunch = lateNs === 0 ? this.#call(this.#early(gap)) : this.#lateCall(gap);
    return gap;
  }

  communicate(name: string, gap: Gap, meetNs: number, doneNs: number): void {
    const launch = this.#lateLaunch!;
    const { toNs: startNs } = gap;
    this.#bubble(gap, 'host-late-framework', name, this.#margin(gap, launch));
    const endNs = doneNs + this.#random.between(20, 300);
    const waits = meetNs - startNs > 8_000;
    const waitEndNs = waits ? meetNs : startNs + 1_640;
    const parts = [
      { name: 'Memcpy', startNs, endNs: startNs + 900 },
      { name: 'Notify_Record', startNs: startNs + 950, endNs: startNs + 1_500 },
      { name: 'Notify_Wait', startNs: startNs + 1_620, endNs: waitEndNs },
      { name: 'Reduce_Inline', startNs: waitEndNs + 300, endNs: endNs - 700 },
      { name: 'Notify_Wait', startNs: endNs - 600, endNs },
    ];
    this.#collectives.push({ name, startNs, endNs, launch, parts });
    if (/Recv|receive/.test(name)) this.#pieces.push({ startNs, endNs, cause: 'pipeline-receive' });
    else if (waits)
      this.#pieces.push(
        { startNs, endNs: meetNs, cause: 'slowest-rank' },
        { startNs: meetNs, endNs, cause: 'transfer' },
      );
    else this.#pieces.push({ startNs, endNs, cause: 'transfer' });
    if (doneNs - meetNs > 30_000 && this.#random.below(2) === 0)
      this.#kernel('Side', STREAM.side, meetNs + 5_000, meetNs + 15_000, { launch: this.#call(startNs - 40_000) });
    this.#busyEndNs = endNs;
  }

  #plant(gap: Gap, cause: BubbleCause, marginNs: number, launched: Partial<PlantedTask>): void {
    const name = `Op${this.#count++}`;
    const endNs = gap.toNs + this.#random.between(3_000, 60_000);
    this.#kernel(name, STREAM.main, gap.toNs, endNs, launched);
    this.#bubble(gap, cause, name, marginNs);
    this.#busyEndNs = endNs;
  }

  #bubble({ fromNs, toNs }: Gap, cause: BubbleCause, after: string, marginNs = Number.POSITIVE_INFINITY): void {
    if (toNs - fromNs < PLANTED_THRESHOLD_NS) return;
    this.#bubbles.push({ startNs: fromNs, endNs: toNs, cause, after, marginNs });
  }

  #kernel(name: string, stream: number, startNs: number, endNs: number, launched: Partial<PlantedTask>): void {
    this.#tasks.push({ name, stream, startNs, endNs, ...launched });
    this.#kernels.push({ startNs, endNs });
  }

  #task(name: string, stream: number, startNs: number, endNs: number, taskType = 'EVENT_RECORD_SQE'): void {
    this.#tasks.push({ name, stream, startNs, endNs, taskType });
  }

  #gap(minNs: number, maxNs: number): Gap {
    return { fromNs: this.#busyEndNs, toNs: this.#busyEndNs + this.#random.between(minNs, maxNs) };
  }

  /** When a host that is ahead calls. */
  #early({ fromNs }: Gap): number {
    return fromNs - this.#random.between(30_000, 300_000);
  }

  #lateCall({ toNs }: Gap): PlantedTime {
    const lengthNs = this.#random.between(1_500, 3_500);
    return this.#call(toNs - this.#random.between(800, 3_500) - lengthNs, lengthNs);
  }

  /** As the host records it. */
  #call(fromNs: number, lengthNs = this.#random.between(1_500, 3_500)): PlantedTime {
    const startNs = Math.round(fromNs) + this.#skewNs;
    return { startNs, endNs: startNs + Math.round(lengthNs) };
  }

  /** From the nearer of the points at which the parts of framework, call and device are equal. */
  #margin({ fromNs, toNs }: Gap, launch: PlantedTime): number {
    const [callNs, returnNs] = [launch.startNs - this.#skewNs, launch.endNs - this.#skewNs];
    const hostOrDevice = Math.abs(returnNs - (fromNs + toNs) / 2);
    const frameworkOrCall = Math.abs(callNs - fromNs - (returnNs - callNs));
    return Math.min(hostOrDevice, frameworkOrCall);
  }

  #exposed(): Piece[] {
    const kernels = this.#kernels.toSorted((a, b) => a.startNs - b.startNs);
    return this.#pieces.flatMap((piece) => {
      const inside = kernels.filter(({ startNs, endNs }) => startNs < piece.endNs && endNs > piece.startNs);
      const edges = [piece.startNs, ...inside.flatMap(({ startNs, endNs }) => [startNs, endNs]), piece.endNs];
      return edges.flatMap((startNs, edge): Piece[] => {
        const endNs = edges[edge + 1];
        if (edge % 2 === 1 || endNs === undefined || endNs <= startNs) return [];
        const before = Math.max(...kernels.map((kernel) => kernel.endNs).filter((ns) => ns <= startNs));
        const after = Math.min(
          ...kernels.map((kernel) => kernel.startNs).filter((ns) => ns >= endNs),
          this.#windowEndNs(),
        );
        return after - before < PLANTED_THRESHOLD_NS ? [] : [{ startNs, endNs, cause: piece.cause }];
      });
    });
  }

  #windowEndNs(): number {
    return Math.max(...this.#tasks.map(({ endNs }) => endNs));
  }
}
