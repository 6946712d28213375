/**
 * Why a device does not compute while it communicates. What is exposed of a collective falls into waiting for the slowest
 * rank and transfer, one after the other; receives of a pipeline are a cause of their own, `hcom_batchSendRecv` included.
 */
import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { CLASS } from '../op-class.ts';
import { type BubbleCause } from './bubble.ts';
import type { CollectiveWaits, WaitEnd } from './collective-waits.ts';

const RECEIVE = /^hcom_(receive|batchSendRecv)/i;

/** Is given each piece of an exposed communication, in the order of time. */
export type TakePiece = (
  startNs: number,
  endNs: number,
  cause: BubbleCause,
  confidence: number,
  collective: number,
) => void;

export class ExposedCommunication {
  readonly #tasks: DeviceTasks;
  readonly #waits: CollectiveWaits;
  readonly #collectives: Int32Array;
  readonly #isReceive: (boolean | undefined)[] = [];
  #next = 0;
  /** Of those that have begun, the whole collective and the kernel that end last. */
  #whole = NONE;
  #kernel = NONE;

  constructor(tasks: DeviceTasks, waits: CollectiveWaits) {
    this.#tasks = tasks;
    this.#waits = waits;
    this.#collectives = Int32Array.from(collectivesOf(tasks));
  }

  /** Communication without compute from start to end; to be asked in the order of time. */
  explain(startNs: number, endNs: number, take: TakePiece): void {
    for (let fromNs = startNs; fromNs < endNs;) {
      const collective = this.#collectiveAt(fromNs);
      const toNs = Math.min(endNs, this.#tasks.endNs[collective]);
      this.#explainOne(collective, fromNs, toNs, take);
      fromNs = toNs;
    }
  }

  /** Of several the one that ends last; a whole collective rather than the kernel that runs it. */
  #collectiveAt(timeNs: number): number {
    const { startNs, endNs, streams, stream } = this.#tasks;
    for (; this.#next < this.#collectives.length; this.#next++) {
      const task = this.#collectives[this.#next];
      if (startNs[task] > timeNs) break;
      if (streams[stream[task]].kind === 'communication') this.#whole = this.#later(this.#whole, task);
      else this.#kernel = this.#later(this.#kernel, task);
    }
    return this.#whole !== NONE && endNs[this.#whole] > timeNs ? this.#whole : this.#kernel;
  }

  #later(task: number, other: number): number {
    const { endNs } = this.#tasks;
    return task === NONE || endNs[other] > endNs[task] ? other : task;
  }

  #explainOne(collective: number, fromNs: number, toNs: number, take: TakePiece): void {
    if (this.#receives(collective)) {
      take(fromNs, toNs, 'pipeline-receive', 1, collective);
      return;
    }
    const wait = this.#waitOf(collective);
    if (wait === undefined) {
      take(fromNs, toNs, 'unknown', 0, collective);
      return;
    }
    const meetNs = Math.max(fromNs, Math.min(wait.endNs, toNs));
    // Where clocks of ranks are not known better than this, who waited is not known either.
    const isInDoubt = wait.endNs - this.#tasks.startNs[collective] <= wait.doubtNs;
    if (isInDoubt) take(fromNs, meetNs, 'ambiguous', 0, collective);
    else take(fromNs, meetNs, 'slowest-rank', wait.confidence, collective);
    take(meetNs, toNs, 'transfer', wait.confidence, collective);
  }

  #waitOf(collective: number): WaitEnd | undefined {
    const { streams, stream, slice } = this.#tasks;
    const { kind, shard, track } = streams[stream[collective]];
    return kind === 'communication' ? this.#waits.of(shard, track, slice[collective]) : undefined;
  }

  #receives(collective: number): boolean {
    const { name, texts } = this.#tasks;
    return (this.#isReceive[name[collective]] ??= RECEIVE.test(texts.get(name[collective])));
  }
}

function collectivesOf({ length, opClass, startNs, endNs }: DeviceTasks): number[] {
  const collectives: number[] = [];
  for (let task = 0; task < length; task++) {
    if (opClass[task] === CLASS.communication && endNs[task] > startNs[task]) collectives.push(task);
  }
  return collectives;
}
