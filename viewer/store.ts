import { addressOf, stateAt } from './address.ts';
import type { Store, ViewState } from './state.ts';

/** The address of the page and the entries one can go back to. */
export interface AddressBar {
  read(): string;
  write(address: string, how: 'push' | 'replace'): void;
  /** When somebody went back or forward, or changed the address by hand. */
  listen(listener: () => void): () => void;
}

/** Browsers take a few hundred changes of the address in some seconds at most, so those of a gesture are put together. */
const QUIET_MS = 200;

/** `valid` makes sense of values that are well formed and yet mean nothing in this run. */
export function createStore(
  initial: ViewState,
  bar: AddressBar,
  valid: (state: ViewState) => ViewState,
): Store & { destroy(): void } {
  const listeners = new Set<(state: ViewState, before: ViewState) => void>();
  let state = valid(stateAt(bar.read(), initial));
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = (how: 'push' | 'replace'): void => {
    clearTimeout(timer);
    timer = undefined;
    bar.write(addressOf(state, initial), how);
  };
  const change = (next: ViewState): void => {
    const before = state;
    state = next;
    for (const listener of [...listeners]) listener(state, before);
  };
  const stop = bar.listen(() => {
    clearTimeout(timer);
    timer = undefined;
    change(valid(stateAt(bar.read(), initial)));
  });

  return {
    get state() {
      return state;
    },
    set(wanted, how = 'push') {
      const next = valid({ ...state, ...wanted });
      const names = Object.keys(next) as (keyof ViewState)[];
      if (names.every((name) => isSame(next[name], state[name]))) return;
      if (how === 'push') {
        if (timer !== undefined) write('replace');
        change(next);
        write('push');
      } else {
        timer ??= setTimeout(() => write('replace'), QUIET_MS);
        change(next);
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      if (timer !== undefined) write('replace');
      listeners.clear();
      stop();
    },
  };
}

/** Of values that are JSON. */
const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
