/** The stacks of host threads, as the report tells them, and where on the timeline each frame lasts longest. */
import { frameShares, hostFlame, largestFrames, readingOrder } from '../../analysis/index.ts';
import { NONE } from '../../timeline/index.ts';
import { perRun } from './per-run.ts';
import { trackNumber } from './places.ts';
import type { AnswerTo, Ask } from './protocol.ts';
import type { ViewedRun } from './viewed-run.ts';

const flames = perRun(({ analysis }: ViewedRun) => {
  const flame = hostFlame(analysis);
  return { flame, shares: frameShares(flame) };
});

export function flame(viewed: ViewedRun, { measure, limit }: Ask<'flame'>): AnswerTo<'flame'> {
  const { flame: all, shares } = flames(viewed);
  const isChosen = largestFrames(shares, limit);
  const order = readingOrder(all, measure).filter((frame) => isChosen[frame] === 1);
  const position = new Int32Array(all.length).fill(NONE);
  for (const [at, frame] of order.entries()) position[frame] = at;
  const names: string[] = [];
  const nameNumbers = new Map<number, number>();
  const nameOf = (frame: number): number => {
    const known = nameNumbers.get(all.name[frame]);
    if (known !== undefined) return known;
    nameNumbers.set(all.name[frame], names.length);
    return names.push(all.names.get(all.name[frame])) - 1;
  };
  const floats = (valueOf: (frame: number) => number): Float64Array => Float64Array.from(order, valueOf);
  const timeline = (frame: number) => viewed.run.shards[all.longestShard[frame]];
  const { workNs, launchedNs, foldedCount } = all;
  return {
    json: { names, deviceNs: workNs, launchedNs, foldedCount, frameCount: all.length },
    columns: {
      parent: Int32Array.from(order, (frame) => (all.parent[frame] === NONE ? NONE : position[all.parent[frame]])),
      name: Uint32Array.from(order, nameOf),
      count: floats((frame) => all.count[frame]),
      hostNs: floats((frame) => all.hostNs[frame]),
      hostSelfNs: floats((frame) => all.hostSelfNs[frame]),
      deviceNs: floats((frame) => all.deviceNs[frame]),
      deviceSelfNs: floats((frame) => all.deviceSelfNs[frame]),
      launchCount: floats((frame) => all.launchCount[frame]),
      track: Int32Array.from(order, (frame) => {
        const { slices } = timeline(frame).timeline;
        return trackNumber(viewed, all.longestShard[frame], slices.track[all.longestSlice[frame]]);
      }),
      slice: Int32Array.from(order, (frame) => all.longestSlice[frame]),
      startNs: floats((frame) => {
        const { timeline: own, shiftNs } = timeline(frame);
        return own.slices.startNs[all.longestSlice[frame]] + shiftNs;
      }),
      durNs: floats((frame) => timeline(frame).timeline.slices.durNs[all.longestSlice[frame]]),
    },
  };
}
