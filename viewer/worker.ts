// Opens the files of one run and answers requests about it, off the thread that draws.
import { BrowserHost, gunzipWhole } from '../src/platform/browser/index.ts';
import { failureOf } from '../src/session/requests/failure.ts';
import { answer } from '../src/session/requests/handlers.ts';
import { openViewedRun } from '../src/session/requests/open-viewed-run.ts';
import { prepare } from '../src/session/requests/prepare.ts';
import type { Answer } from '../src/session/requests/protocol.ts';
import { openSaved } from '../src/session/requests/saved-run.ts';
import type { ViewedRun } from '../src/session/requests/viewed-run.ts';
import type { Opening, WorkerMessage, WorkerOrder } from './api/worker-messages.ts';

let viewed: ViewedRun | undefined;

self.addEventListener('message', ({ data }: MessageEvent<WorkerOrder>) => {
  if ('id' in data) void reply(data);
  else if ('saved' in data) void opened('', () => unpack(data.saved));
  else void opened(data.open.name, () => open(data.open, data.version));
});

async function opened(name: string, open: () => Promise<ViewedRun>): Promise<void> {
  try {
    const found = await open();
    prepare(found);
    viewed = found;
    tell({ state: { name: viewed.name, state: 'ready' } });
  } catch (error) {
    const { code, what, hint = '' } = failureOf(error);
    tell({ state: { name, state: 'failed', code, why: what, hint } });
  }
}

async function open({ name, files, inputs }: Opening, version: string): Promise<ViewedRun> {
  const onProgress = (read: number, total: number): void => {
    tell({ state: { name, state: 'loading', share: read / total } });
  };
  const tool = { name: 'traceconv', version };
  return (await openViewedRun(name, inputs, new BrowserHost(files), { onProgress }, tool)).viewed;
}

async function unpack(saved: Blob): Promise<ViewedRun> {
  return openSaved(await (await gunzipWhole(saved, 'the saved run')).arrayBuffer());
}

async function reply({ id, name, ask }: Extract<WorkerOrder, { id: number }>): Promise<void> {
  try {
    if (viewed === undefined) throw new Error('asked before the run was open');
    const found = await answer(viewed, name, ask);
    tell({ id, answer: found }, buffersOf(found));
  } catch (error) {
    tell({ id, failure: failureOf(error) });
  }
}

function tell(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
  self.postMessage(message, { transfer });
}

/** Columns are handed over where they have their memory to themselves; views of a run's own columns are copied. */
function buffersOf({ columns }: Answer): ArrayBuffer[] {
  const whole = Object.values(columns).flatMap(({ buffer, byteLength }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [],
  );
  return [...new Set(whole)];
}
