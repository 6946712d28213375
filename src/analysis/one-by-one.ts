import { NONE, type SliceId, type Timeline } from '../timeline/index.ts';

/** Calls that launch several tasks one after the other, which is no graph: those are launched at one moment. */
export interface OneByOne {
  readonly calls: ReadonlySet<SliceId>;
  /** By arrow: when its call launched the task before, or began. NaN for arrows from other calls. */
  readonly previousNs: Float64Array;
}

/** undefined where no call does so. */
export function launchedOneByOne(timeline: Timeline, isLaunch: (arrow: number) => boolean): OneByOne | undefined {
  const { flows, slices } = timeline;
  const { fromSlice, fromNs, toSlice } = flows;
  const first = new Int32Array(flows.length === 0 ? 0 : slices.length);
  const calls = new Set<SliceId>();
  const eachLaunch = (visit: (arrow: number, call: SliceId) => void): void => {
    for (let arrow = 0; arrow < flows.length; arrow++) {
      const call = fromSlice[arrow];
      if (call !== NONE && toSlice[arrow] !== NONE && isLaunch(arrow)) visit(arrow, call);
    }
  };
  eachLaunch((arrow, call) => {
    if (first[call] === 0) first[call] = arrow + 1;
    else if (fromNs[first[call] - 1] !== fromNs[arrow]) calls.add(call);
  });
  if (calls.size === 0) return undefined;
  const arrows: number[] = [];
  eachLaunch((arrow, call) => {
    if (calls.has(call)) arrows.push(arrow);
  });
  arrows.sort((a, b) => fromSlice[a] - fromSlice[b] || fromNs[a] - fromNs[b]);
  const previousNs = new Float64Array(flows.length).fill(Number.NaN);
  let previous = NONE;
  for (const arrow of arrows) {
    if (previous === NONE || fromSlice[previous] !== fromSlice[arrow]) {
      previousNs[arrow] = slices.startNs[fromSlice[arrow]];
    } else previousNs[arrow] = fromNs[previous] === fromNs[arrow] ? previousNs[previous] : fromNs[previous];
    previous = arrow;
  }
  return { calls, previousNs };
}
