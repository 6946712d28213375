import type { CommandList } from '../command-list.ts';

interface Command {
  /** Of its first byte, in the stream. */
  readonly offset: number;
  readonly name: string;
  readonly type: string;
  readonly isSystem: boolean;
  readonly id: number;
  readonly waitsFor: number;
  readonly isEnd: boolean;
}

/** Columns of commands while they are read. */
export class CommandColumns {
  readonly offset = new GrowingColumn();
  readonly #name = new GrowingColumn();
  readonly #type = new GrowingColumn();
  readonly #isSystem = new GrowingColumn();
  readonly #id = new GrowingColumn();
  readonly #waitsFor = new GrowingColumn();
  readonly #names = new Map<string, number>();
  readonly #types = new Map<string, number>();
  isAtEnd = false;

  get length(): number {
    return this.offset.length;
  }

  add({ offset, name, type, isSystem, id, waitsFor, isEnd }: Command): void {
    this.offset.push(offset);
    this.#name.push(numberOf(this.#names, name));
    this.#type.push(numberOf(this.#types, type));
    this.#isSystem.push(Number(isSystem));
    this.#id.push(id);
    this.#waitsFor.push(waitsFor);
    this.isAtEnd = isEnd;
  }

  /** Takes back the command added last. */
  dropLast(): void {
    for (const column of [this.offset, this.#name, this.#type, this.#isSystem, this.#id, this.#waitsFor]) column.pop();
  }

  finish(): Omit<CommandList, 'engine' | 'core' | 'details'> {
    return {
      length: this.length,
      name: new Uint32Array(this.#name.values()),
      names: [...this.#names.keys()],
      type: new Uint32Array(this.#type.values()),
      types: [...this.#types.keys()],
      isSystem: new Uint8Array(this.#isSystem.values()),
      id: this.#id.values().slice(),
      waitsFor: this.#waitsFor.values().slice(),
    };
  }
}

class GrowingColumn {
  #values = new Float64Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(2 * this.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  pop(): void {
    this.length--;
  }

  at(position: number): number {
    return this.#values[position];
  }

  values(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}

function numberOf(numbers: Map<string, number>, text: string): number {
  let number = numbers.get(text);
  if (number === undefined) numbers.set(text, (number = numbers.size));
  return number;
}
