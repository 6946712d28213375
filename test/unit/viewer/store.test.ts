// The store: one state, who listens to it, and the entries one can go back to.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunInfo } from '../../../src/session/requests/protocol.ts';
import { initialState, stateOfRun } from '../../../viewer/run-state.ts';
import { type AddressBar, createStore } from '../../../viewer/store.ts';

const INFO: RunInfo = {
  ...{
    name: 'run',
    originNs: '0',
    endNs: 1_000_000,
    sliceCount: 1,
    steps: [],
    diagnostics: [],
    bubbleThresholdNs: 10_000,
    work: null,
    hasMetrics: false,
  },
  devices: [{ label: 'NPU 0', rank: 0, device: 0 }],
  groups: [
    { label: 'host', rank: 0, device: -1 },
    { label: 'NPU 0', rank: 0, device: 0 },
  ],
  tracks: [0, 1].map((group) => ({
    ...{ group, process: 'p', name: 't', kind: 'stream' as const, rowCount: 1, sliceCount: 1 },
    ...{ series: '', unit: '', sampleCount: 0, instantCount: 0 },
  })),
};

/** As browsers do it: entries, and a place among them. */
class History implements AddressBar {
  entries = [''];
  at = 0;
  #listener = (): void => {};

  read(): string {
    return this.entries[this.at];
  }

  write(address: string, how: 'push' | 'replace'): void {
    if (how === 'push') this.entries = [...this.entries.slice(0, ++this.at), address];
    else this.entries[this.at] = address;
  }

  listen(listener: () => void): () => void {
    this.#listener = listener;
    return () => (this.#listener = () => {});
  }

  go(by: number): void {
    this.at += by;
    this.#listener();
  }
}

function opened(address = '') {
  const history = new History();
  history.entries = [address];
  return { history, store: createStore(initialState(INFO, 0), history, stateOfRun(INFO, 0)) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a store', () => {
  test('begins with what the address says', () => {
    expect(opened('#v=1&panel=ranks').store.state.panel).toBe('ranks');
  });

  test('tells listeners what is and what was, and nothing where nothing changed', () => {
    const { store } = opened();
    const listener = vi.fn();
    const stop = store.listen(listener);
    store.set({ panel: 'steps' });
    store.set({ panel: 'steps', pinned: [] });
    expect(listener.mock.calls.map(([state, before]) => [before.panel, state.panel])).toEqual([['summary', 'steps']]);
    stop();
    store.set({ panel: 'ranks' });
    expect(listener).toHaveBeenCalledOnce();
  });

  test('goes back and forward', () => {
    const { store, history } = opened();
    store.set({ panel: 'steps' });
    store.set({ panel: 'ranks' });
    history.go(-2);
    expect(store.state.panel).toBe('summary');
    history.go(1);
    expect(store.state.panel).toBe('steps');
  });

  test('leaves one entry for a gesture, however long', () => {
    const { store, history } = opened();
    store.set({ startNs: 100 });
    for (let each = 0; each < 50; each++) store.set({ startNs: 100 + each }, 'replace');
    vi.runAllTimers();
    expect(history.entries).toEqual(['', '#v=1&from=149']);
  });

  test('writes the end of a gesture before the next entry', () => {
    const { store, history } = opened();
    store.set({ startNs: 100 }, 'replace');
    store.set({ panel: 'steps' });
    expect(history.entries).toEqual(['#v=1&from=100', '#v=1&from=100&panel=steps']);
  });
});

describe('a state of a run', () => {
  test('holds whole ns, some of the run, and 10 ns at least', () => {
    const { store } = opened();
    store.set({ startNs: 0.4, endNs: 3.2 });
    expect([store.state.startNs, store.state.endNs]).toEqual([0, 10]);
    store.set({ startNs: 5e9, endNs: 6e9 });
    expect(store.state.startNs).toBeLessThan(INFO.endNs);
  });

  test('has no tracks that the run has not', () => {
    const { state } = opened('#v=1&slice=7.1&pinned=0.9&closed=0-50&area=1_2_0.8').store;
    expect(state).toMatchObject({ selected: null, pinned: [0], collapsed: [0, 1, 2, 3], area: null });
  });

  test('opens devices and closes hosts at first', () => {
    expect(opened().store.state.collapsed).toEqual([0]);
  });
});
