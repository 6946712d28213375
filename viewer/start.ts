import type { ViewerApi } from '../src/session/requests/protocol.ts';

/** Stands in for the page until there is one. */
export function start(api: ViewerApi): void {
  const list = document.body.appendChild(document.createElement('pre'));
  const show = async (): Promise<void> => {
    const runs = await api.runs();
    list.textContent = JSON.stringify(runs, undefined, 2);
    if (runs.some(({ state }) => state === 'loading')) setTimeout(() => void show(), 200);
  };
  void show();
}
