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

const FIRST_CAPACITY = 64;

/** Columns of commands while they are read. */
export class CommandColumns {
  readonly #names = new Map<string, number>();
  readonly #types = new Map<string, number>();
  #columns: Columns;
  #capacity: number;
  #length = 0;
  isAtEnd = false;

  /** `expectedCount`: how many there will be, more or less. */
  constructor(expectedCount = 0) {
    this.#capacity = Math.max(FIRST_CAPACITY, expectedCount);
    this.#columns = columnsOf(this.#capacity);
  }

  get length(): number {
    return this.#length;
  }

  add({ offset, name, type, isSystem, id, waitsFor, isEnd }: Command): void {
    if (this.#length === this.#capacity) this.#grow();
    const at = this.#length++;
    const columns = this.#columns;
    columns.offset[at] = offset;
    columns.name[at] = numberOf(this.#names, name);
    columns.type[at] = numberOf(this.#types, type);
    columns.isSystem[at] = Number(isSystem);
    columns.id[at] = id;
    columns.waitsFor[at] = waitsFor;
    this.isAtEnd = isEnd;
  }

  #grow(): void {
    this.#capacity *= 2;
    const [old, grown] = [this.#columns, columnsOf(this.#capacity)];
    for (const name of COLUMN_NAMES) grown[name].set(old[name]);
    this.#columns = grown;
  }

  /** Takes back the command added last. */
  dropLast(): void {
    this.#length--;
  }

  /** By command: of its first byte, in the stream. */
  get offset(): Float64Array {
    return this.#columns.offset;
  }

  finish(): Omit<CommandList, 'engine' | 'core' | 'details'> {
    const length = this.#length;
    const { name, type, isSystem, id, waitsFor } = this.#columns;
    return {
      length,
      name: name.subarray(0, length),
      names: [...this.#names.keys()],
      type: type.subarray(0, length),
      types: [...this.#types.keys()],
      isSystem: isSystem.subarray(0, length),
      id: id.subarray(0, length),
      waitsFor: waitsFor.subarray(0, length),
    };
  }
}

type Columns = ReturnType<typeof columnsOf>;
const COLUMN_NAMES = ['offset', 'name', 'type', 'isSystem', 'id', 'waitsFor'] as const;

function columnsOf(length: number) {
  return {
    offset: new Float64Array(length),
    name: new Uint32Array(length),
    type: new Uint32Array(length),
    isSystem: new Uint8Array(length),
    id: new Float64Array(length),
    waitsFor: new Float64Array(length),
  };
}

function numberOf(numbers: Map<string, number>, text: string): number {
  let number = numbers.get(text);
  if (number === undefined) numbers.set(text, (number = numbers.size));
  return number;
}
