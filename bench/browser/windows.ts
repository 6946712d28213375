import type { Page } from 'playwright-core';
import { COLUMN_COUNT, RandomWindows } from '../contenders/random-windows.mjs';

const QUERIES = 1000;

export interface WindowTimes {
  /** From the page's question until it has the answer. */
  readonly pageMs: readonly number[];
  /** Of it, in the worker; empty where a server answers. */
  readonly workerMs: readonly number[];
}

/** The same windows that are measured without a browser. */
export async function measureWindows(page: Page, runEndNs: number): Promise<WindowTimes> {
  const windows = new RandomWindows(runEndNs);
  const more = { columnCount: COLUMN_COUNT, colourBy: 'kind' };
  const asks = Array.from({ length: QUERIES }, () => ({ ...windows.next(), ...more, tracks: windows.tracks() }));
  // What is worked out once for each track.
  const all = Array.from(new Set(asks.flatMap(({ tracks }) => tracks)), (track) => track);
  await ask(page, [{ startNs: 0, endNs: runEndNs, ...more, tracks: all }]);
  const [worker] = page.workers();
  await worker?.evaluate(TIMED);
  const pageMs = await ask(page, asks);
  return { pageMs, workerMs: worker === undefined ? [] : await worker.evaluate<number[]>('timed') };
}

const ask = (page: Page, asks: readonly object[]): Promise<number[]> =>
  page.evaluate<number[]>(`probe.timeWindows(${JSON.stringify(asks)})`);

/** In the worker: from a message until its answer is on the way. */
const TIMED = `
  globalThis.timed = [];
  let fromMs = 0;
  addEventListener('message', () => (fromMs = performance.now()), true);
  const send = postMessage;
  globalThis.postMessage = (...of) => {
    timed.push(performance.now() - fromMs);
    send(...of);
  };
`;
