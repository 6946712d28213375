import type { ViewedRun } from './viewed-run.ts';

/** What is worked out of a run when it is first needed, and kept as long as the run is. */
export function oncePerRun<T>(make: (viewed: ViewedRun) => T): (viewed: ViewedRun) => T {
  const made = new WeakMap<ViewedRun, { readonly value: T }>();
  return (viewed) => {
    const known = made.get(viewed) ?? { value: make(viewed) };
    made.set(viewed, known);
    return known.value;
  };
}

/** What was asked for last, by what was asked. A promise that fails is not kept. */
export class Recent<T> {
  readonly #most: number;
  /** Least recently asked first. */
  readonly #kept = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string, make: () => T): T {
    const value = this.#kept.get(key) ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, value);
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value as string);
    if (value instanceof Promise) {
      value.catch(() => {
        if (this.#kept.get(key) === value) this.#kept.delete(key);
      });
    }
    return value;
  }
}
