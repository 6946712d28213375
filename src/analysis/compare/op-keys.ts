import { collectiveOfName, NONE, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { CLASS, isOp } from '../op-class.ts';
import type { OpKey } from './summary.ts';

/** The ops of all devices of a run under one number each, whichever task runs them. */
export class OpKeys {
  readonly keys: OpKey[] = [];
  readonly #run: Run;
  readonly #byTexts = new Map<string, number>();
  readonly #byNumbers = new PairNumbers();
  /** By the number of (name, type) and shapes: the op. */
  readonly #ops: number[] = [];
  readonly #namesAndTypes = new PairNumbers();

  constructor(run: Run) {
    this.#run = run;
  }

  /** The op of each task; NONE where it neither computes nor communicates. */
  columnOf(tasks: DeviceTasks): Int32Array {
    const column = new Int32Array(tasks.length).fill(NONE);
    const shapesAt = tasks.streams.map(({ shard }) => this.#shapesOf(tasks, shard));
    for (let task = 0; task < tasks.length; task++) {
      if (!isOp(tasks.opClass[task])) continue;
      const shapes = shapesAt[tasks.stream[task]](tasks.slice[task]);
      const nameAndType = this.#namesAndTypes.of(tasks.name[task], tasks.type[task]);
      const number = this.#byNumbers.of(nameAndType, shapes);
      column[task] = this.#ops[number] ??= this.#add(tasks, task, shapes);
    }
    return column;
  }

  #shapesOf(tasks: DeviceTasks, number: number): (slice: number) => number {
    const shard = this.#run.shards[number];
    const shapes = shard.timeline.slices.typed.get('inputShapes');
    if (shapes?.kind !== 'text') return () => NONE;
    const textOf = tasks.texts.of(shard);
    return (slice) => {
      const id = shapes.at(slice);
      return id === NONE ? NONE : textOf(id);
    };
  }

  #add({ texts, name, type, opClass }: DeviceTasks, task: number, shapes: number): number {
    // Collectives are numbered through the run: hcom_allReduce__028_0_1 is the one of every step.
    const plain = (text: string): string =>
      opClass[task] === CLASS.communication ? collectiveOfName(text).type : text;
    const key = {
      type: plain(texts.get(type[task])),
      name: plain(texts.get(name[task])),
      shapes: shapes === NONE ? '' : texts.get(shapes),
    };
    const text = JSON.stringify([key.type, key.name, key.shapes]);
    const known = this.#byTexts.get(text);
    if (known !== undefined) return known;
    this.#byTexts.set(text, this.keys.length);
    return this.keys.push(key) - 1;
  }
}

/** Dense numbers for pairs of row numbers, which are -1 at least. There may be a task for every look-up: no key is made. */
class PairNumbers {
  #slots = new Int32Array(1024).fill(NONE);
  #firsts: number[] = [];
  #seconds: number[] = [];

  of(first: number, second: number): number {
    let slot = this.#slotOf(first, second);
    if (this.#slots[slot] !== NONE) return this.#slots[slot];
    if (2 * this.#firsts.length >= this.#slots.length) {
      this.#slots = new Int32Array(4 * this.#slots.length).fill(NONE);
      for (let number = 0; number < this.#firsts.length; number++) {
        this.#slots[this.#slotOf(this.#firsts[number], this.#seconds[number])] = number;
      }
      slot = this.#slotOf(first, second);
    }
    this.#slots[slot] = this.#firsts.length;
    this.#firsts.push(first);
    this.#seconds.push(second);
    return this.#slots[slot];
  }

  #slotOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b)) >>> 7;
    for (slot &= mask; this.#slots[slot] !== NONE; slot = (slot + 1) & mask) {
      const number = this.#slots[slot];
      if (this.#firsts[number] === first && this.#seconds[number] === second) break;
    }
    return slot;
  }
}
