import { InputError } from './errors.ts';

/** A value of a JSON or YAML document that knows where it stands, so that what is wrong can be said with its place. */
export class DocumentNode {
  readonly #path: string;
  readonly #field: string;
  readonly #code: string;
  readonly value: unknown;

  /** `code` is that of the error; `path` names the file. */
  constructor(code: string, path: string, value: unknown, field = '') {
    this.#code = code;
    this.#path = path;
    this.#field = field;
    this.value = value;
  }

  member(name: string): DocumentNode {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.wrong('an object');
    const found = Object.entries(value).find(([key]) => key === name)?.[1] as unknown;
    return new DocumentNode(this.#code, this.#path, found, this.#field === '' ? name : `${this.#field}.${name}`);
  }

  /** undefined where nothing or null stands. */
  optional(name: string): DocumentNode | undefined {
    const member = this.member(name);
    return member.value === undefined || member.value === null ? undefined : member;
  }

  members(): [name: string, member: DocumentNode][] {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.wrong('an object');
    return Object.keys(value).map((name) => [name, this.member(name)]);
  }

  items(): DocumentNode[] {
    const { value } = this;
    if (!Array.isArray(value)) throw this.wrong('a list');
    return value.map((item: unknown, i) => new DocumentNode(this.#code, this.#path, item, `${this.#field}[${i}]`));
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.wrong('a text');
    return this.value;
  }

  /** One of a few words. */
  word<T extends string>(words: readonly T[]): T {
    const found = words.find((word) => word === this.value);
    if (found === undefined) throw this.wrong(words.join(' or '));
    return found;
  }

  number(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) throw this.wrong('a number');
    return this.value;
  }

  /** A number from 0. */
  notNegative(): number {
    const value = this.number();
    if (value < 0) throw this.wrong('a number from 0');
    return value;
  }

  whole(least = 0): number {
    const value = this.number();
    if (!Number.isSafeInteger(value) || value < least) throw this.wrong(`a whole number from ${least}`);
    return value;
  }

  isTrue(): boolean {
    if (typeof this.value !== 'boolean') throw this.wrong('true or false');
    return this.value;
  }

  wrong(expected: string, hint?: string): InputError {
    const found = this.value === undefined ? 'nothing' : clipped(JSON.stringify(this.value) ?? typeof this.value);
    const at = this.#field === '' ? { path: this.#path } : { path: this.#path, field: this.#field };
    return new InputError(this.#code, { at, expected, found, ...(hint === undefined ? {} : { hint }) });
  }
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
