/** Events as Kineto writes them, in whole microseconds. */
const [HOST, GPU] = [4711, 0];

export const kinetoNames = [
  { name: 'process_labels', ph: 'M', pid: HOST, tid: 0, args: { labels: 'CPU' } },
  { name: 'process_labels', ph: 'M', pid: GPU, tid: 0, args: { labels: 'GPU 0' } },
];

export function hostSlice(cat: string, name: string, [ts, end]: readonly [number, number], args: object = {}): object {
  return { ph: 'X', cat, name, pid: HOST, tid: HOST, ts, dur: end - ts, args };
}

export function deviceSlice(
  cat: string,
  name: string,
  stream: number,
  [ts, end]: readonly [number, number],
  args: object = {},
): object {
  return { ph: 'X', cat, name, pid: GPU, tid: stream, ts, dur: end - ts, args: { device: 0, stream, ...args } };
}

/** A call and the kernel that it launches. */
export function launched(
  correlation: number,
  name: string,
  stream: number,
  call: readonly [number, number],
  kernel: readonly [number, number],
): object[] {
  return [
    hostSlice('cuda_runtime', 'cudaLaunchKernel', call, { correlation }),
    deviceSlice('kernel', name, stream, kernel, { correlation }),
  ];
}

export function kinetoText(events: readonly object[], members: object = {}): string {
  return JSON.stringify({ schemaVersion: 1, ...members, traceEvents: [...kinetoNames, ...events] });
}
