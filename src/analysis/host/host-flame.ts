/**
 * Where host threads spent their time, stack by stack, and what of the devices' time was launched in each: equal stacks of
 * all threads and ranks are one.
 *
 * A slice nests in what is around it on its thread, piece by piece where it outlasts that. Time on the host is that of slices
 * without what is nested in them, so the whole is the time of all threads in which anything is known of them. An op or a copy
 * belongs to the frame that launched it: the operator that an arrow tells, else the launch call.
 */
import { NONE, type Shard } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import { bySlice } from '../by-slice.ts';
import { byString } from '../by-string.ts';
import { type Flame, FlameTree } from './flame-tree.ts';
import { frameName } from './frame-names.ts';
import { hostTracks } from './host-tracks.ts';
import { isWork } from './launched-tasks.ts';
import { cutToStacks } from './thread-stacks.ts';

export interface HostFlame extends Flame {
  /** Of all ops and copies, and of those whose launch is known. */
  readonly workNs: number;
  readonly launchedNs: number;
}

export function hostFlame({ run, launches, devices }: RunAnalysis): HostFlame {
  const tree = new FlameTree();
  const framesOf = run.shards.map((shard, number) => framesOfShard(tree, shard, number));
  let [workNs, launchedNs] = [0, 0];
  for (const { tasks } of devices) {
    const frameOf = bySlice(run, tasks, (_, number) => {
      const ofShard = launches.ofShard(number);
      const frames = framesOf[number];
      return (slice) => {
        const launcher = ofShard.launcher(slice);
        return launcher === NONE ? NONE : frames[launcher] - 1;
      };
    });
    for (let task = 0; task < tasks.length; task++) {
      if (!isWork(tasks.opClass[task])) continue;
      const durNs = tasks.endNs[task] - tasks.startNs[task];
      workNs += durNs;
      const frame = frameOf(task);
      if (frame === NONE) continue;
      launchedNs += durNs;
      tree.addLaunch(frame, durNs);
    }
  }
  return { ...tree.finish(), workNs, launchedNs };
}

/** By slice: its frame, plus one; 0 of what is on no thread of a host. */
function framesOfShard(tree: FlameTree, { timeline }: Shard, shard: number): Uint32Array {
  const { slices, sliceRange, strings } = timeline;
  const frames = new Uint32Array(slices.length);
  const nameOf = byString(strings.size, (name) => tree.names.add(frameName(strings.get(name))));
  for (const track of hostTracks(timeline)) {
    tree.foldedCount += cutToStacks(slices, [sliceRange[track], sliceRange[track + 1]], (slice, durNs, parent) => {
      const frame = tree.frame(parent, nameOf(slices.name[slice]));
      if (frame === NONE || frame === parent) tree.foldedCount++;
      else tree.addSlice(frame, durNs, shard, slice);
      if (frame === NONE) return NONE;
      // What a call launched belongs to the frame in which it began.
      if (frames[slice] === 0) frames[slice] = frame + 1;
      tree.addHost(frame, durNs);
      if (parent !== NONE) tree.addHost(parent, -durNs);
      return frame;
    });
  }
  return frames;
}
