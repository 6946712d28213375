/** Events of a device in the form of Ascend's msprof JSON; times in ns from a common start. */
const START_US = 1787504006100000n;
/** That start, in ns. */
export const commonStartNs = START_US * 1000n;

/** Layers of a device have pids of their own. */
export function layer(pid: number, name: string, label: string): object[] {
  return [
    { name: 'process_name', pid, tid: 0, ph: 'M', args: { name } },
    { name: 'process_labels', pid, tid: 0, ph: 'M', args: { labels: label } },
  ];
}

export function rowName(pid: number, tid: number, name: string): object {
  return { name: 'thread_name', pid, tid, ph: 'M', args: { name } };
}

export function sliceAt(
  pid: number,
  tid: number,
  name: string,
  startNs: number,
  endNs: number,
  args: Readonly<Record<string, string | number>> = {},
): object {
  const micros = START_US + BigInt(Math.floor(startNs / 1000));
  const ts = `${micros}.${String(startNs % 1000).padStart(3, '0')}`;
  return { name, pid, tid, ts, dur: (endNs - startNs) / 1000, ph: 'X', args };
}
