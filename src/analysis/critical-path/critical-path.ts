/**
 * The chain of work, waits and pauses that a step took as long as: from its end back to its start, each time to what was
 * over last of all that had to be over. The table of docs/analysis.md says what has to be over before what, and what that
 * cannot see.
 *
 * - segments: one after the other without gaps, so their lengths add up to the window's.
 * - totals: by kind; and by op, of work on the device that lies on the path.
 * - win of an op: by how much the window would be shorter if all ops of that key on this device took no time and
 *   everything else as long as it did, a replay of the graph (dependency-graph.ts). No improvement of the op alone can win
 *   more, as far as the graph knows all dependencies; an unknown one makes the win smaller. Other ranks are taken to come
 *   when they came.
 */
import { NONE } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { type Collectives, collectivesOf } from '../collectives/collectives.ts';
import type { DeviceId } from '../device-id.ts';
import type { TimeWindow } from '../extent.ts';
import { type DependencyGraph, GraphBuilder, PATH_KINDS, type PathKind, replayedEnd } from './dependency-graph.ts';
import { addDeviceNodes, type DeviceContext } from './device-nodes.ts';
import { type EventSource, linkEvents } from './event-links.ts';
import { addHostNodes } from './host-nodes.ts';
import { type PathSegments, walkBack } from './walk.ts';

export { PATH_KINDS, type PathKind } from './dependency-graph.ts';
export type { PathSegments } from './walk.ts';

export interface PathOptions {
  /** What ops are summed up by. */
  readonly by?: 'type' | 'name' | undefined;
  /** Of how many ops to work out the win: those with most time on the path. */
  readonly top?: number | undefined;
}

export interface PathOp {
  /** A text of the device's tasks. */
  readonly key: number;
  /** How many stretches of the path, and their length. */
  readonly count: number;
  readonly onPathNs: number;
  /** undefined for all but the top ones. */
  readonly winNs: number | undefined;
}

export interface CriticalPath extends DeviceId {
  readonly window: TimeWindow;
  readonly segments: PathSegments;
  readonly totals: Readonly<Record<PathKind, number>>;
  /** By time on the path. */
  readonly ops: readonly PathOp[];
  /** Whether streams say what they wait for, or it had to be inferred from pauses. */
  readonly events: EventSource;
}

const TOP = 10;

/** Of a step, or of whatever window; of all of the device where none is given. */
export function criticalPath(
  { run, launches, devices }: RunAnalysis,
  device: DeviceAnalysis,
  window: TimeWindow = device.overlap.window,
  waits: CollectiveWaits = new CollectiveWaits({ run, launches, devices }),
  { by = 'type', top = TOP }: PathOptions = {},
): CriticalPath {
  const { tasks } = device;
  const { rank, device: id, capture } = tasks;
  const keys = by === 'type' ? tasks.type : tasks.name;
  const context: DeviceContext = { run, tasks, window, waitNs: waits.of(device), keyOf: (task) => keys[task] };
  const builder = new GraphBuilder();
  const nodes = addDeviceNodes(builder, context);
  const events = linkEvents(builder, context, nodes);
  addHostNodes(builder, context, nodes, launches);
  const graph = builder.finish();
  const segments = walkBack(graph, window);
  const ops = opsOf(segments);
  const wins = winsOf(graph, ops.slice(0, top));
  return {
    ...{ rank, device: id, capture, window, segments, totals: totalsOf(segments), events },
    ops: ops.map((op, at) => ({ ...op, winNs: wins[at] })),
  };
}

/** How long communication tasks wait for other ranks: asked once for all steps and devices. */
export class CollectiveWaits {
  readonly #ofDevices = new Map<DeviceAnalysis['tasks'], Map<number, number>>();

  constructor(analysis: RunAnalysis, { sides, waitNs }: Collectives = collectivesOf(analysis)) {
    const ofDevices = analysis.devices.map(({ tasks }) => {
      const own = new Map<number, number>();
      this.#ofDevices.set(tasks, own);
      return own;
    });
    for (let side = 0; side < sides.length; side++) {
      if (sides.task[side] !== NONE) ofDevices[sides.participant[side]].set(sides.task[side], waitNs[side]);
    }
  }

  /** By task; NaN where unknown. */
  of({ tasks }: DeviceAnalysis): (task: number) => number {
    const own = this.#ofDevices.get(tasks);
    return (task) => own?.get(task) ?? Number.NaN;
  }
}

function totalsOf({ length, kind, startNs, endNs }: PathSegments): Record<PathKind, number> {
  const sums = PATH_KINDS.map(() => 0);
  for (let at = 0; at < length; at++) sums[kind[at]] += endNs[at] - startNs[at];
  return Object.fromEntries(PATH_KINDS.map((name, at) => [name, sums[at]])) as Record<PathKind, number>;
}

function opsOf({ length, key, startNs, endNs }: PathSegments): Omit<PathOp, 'winNs'>[] {
  const ops = new Map<number, { key: number; count: number; onPathNs: number }>();
  for (let at = 0; at < length; at++) {
    if (key[at] === NONE) continue;
    const op = ops.get(key[at]) ?? { key: key[at], count: 0, onPathNs: 0 };
    ops.set(key[at], op);
    op.count++;
    op.onPathNs += endNs[at] - startNs[at];
  }
  return [...ops.values()].sort((a, b) => b.onPathNs - a.onPathNs || a.key - b.key);
}

/** The end moves, and what comes between it and the window's end stays. */
function winsOf(graph: DependencyGraph, ops: readonly Omit<PathOp, 'winNs'>[]): number[] {
  const ends = new Float64Array(graph.length);
  const measuredNs = replayedEnd(graph, NONE, ends);
  return ops.map(({ key }) => measuredNs - replayedEnd(graph, key, ends));
}
