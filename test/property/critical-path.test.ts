// The graph of dependencies against a replay that asks, node by node and without an order, what each waits for.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type EdgeKind,
  GraphBuilder,
  type GraphNode,
  type Outside,
  PATH_KINDS,
  replayedEnd,
} from '../../src/analysis/critical-path/dependency-graph.ts';
import { lastOfDevice, walkBack } from '../../src/analysis/critical-path/walk.ts';
import { NONE } from '../../src/timeline/index.ts';

const seed = 20261121;
const END = 200;

interface PlannedNode {
  readonly startNs: number;
  readonly waitNs: number;
  readonly workNs: number;
  readonly key: number;
  readonly waitsOutside: boolean;
}
interface PlannedEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKind;
}

const node: fc.Arbitrary<PlannedNode> = fc.record({
  startNs: fc.nat(100),
  waitNs: fc.oneof(fc.constant(0), fc.nat(30)),
  workNs: fc.nat(40),
  key: fc.nat(2),
  waitsOutside: fc.boolean(),
});
const anyPlan = fc.array(node, { minLength: 1, maxLength: 12 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.array(
      fc.record({
        from: fc.nat(nodes.length - 1),
        to: fc.nat(nodes.length - 1),
        kind: fc.constantFrom<EdgeKind>('start', 'launch', 'ready'),
      }),
      { maxLength: 30 },
    ),
  }),
);
interface Plan {
  readonly nodes: readonly PlannedNode[];
  readonly edges: readonly PlannedEdge[];
}

/** Calls of the host, from which launches lead, are no ops; and a node waits for something outside or for a node. */
const plan = anyPlan.map(({ nodes, edges }): Plan => {
  const launching = new Set(edges.filter(({ kind }) => kind === 'launch').map(({ from }) => from));
  return {
    nodes: nodes.map((each, id) => (launching.has(id) ? { ...each, key: NONE } : each)),
    edges: edges.filter(({ to, kind }) => kind !== 'ready' || !nodeOf(nodes[to]).waitsOutside),
  };
});

function nodeOf({ startNs, waitNs, workNs, key, waitsOutside }: PlannedNode): GraphNode {
  const readyNs = startNs + waitNs;
  const times = { startNs, readyNs, endNs: readyNs + workNs, waitsOutside: waitsOutside && waitNs > 0 };
  return { ...times, kind: 'compute', waitKind: 'event-wait', key, device: 0, task: NONE, thread: NONE, text: NONE };
}

function build({ nodes, edges }: Plan): GraphBuilder {
  const builder = new GraphBuilder();
  for (const each of nodes) builder.add(nodeOf(each));
  for (const { from, to, kind } of edges) builder.link(from, to, kind);
  return builder;
}

/** The same rules, written down the other way round: from each node to what it follows. */
function slowReplay({ nodes, edges }: Plan, without: number, outside: Outside): number {
  const all = nodes.map(nodeOf);
  const isBefore = (a: number, b: number): boolean =>
    [all[a].readyNs - all[b].readyNs, all[a].endNs - all[b].endNs, a - b].find((each) => each !== 0)! < 0;
  const valid = edges.filter(({ from, to, kind }) => {
    if (from === to || !isBefore(from, to)) return false;
    if (kind === 'ready') return all[from].endNs <= all[to].readyNs;
    return (kind === 'start' ? all[from].endNs : all[from].startNs) <= all[to].startNs;
  });
  const endOf = (id: number): number => {
    const { startNs, readyNs, endNs, key, waitsOutside } = all[id];
    const into = valid.filter(({ to }) => to === id);
    const release = ({ from, kind }: PlannedEdge): number =>
      kind === 'ready' ? all[from].endNs : Math.min(all[from].endNs, startNs);
    const last = (isReady: boolean): PlannedEdge | undefined =>
      into
        .filter(({ kind }) => (kind === 'ready') === isReady)
        .reduce<PlannedEdge | undefined>(
          (best, each) => (best === undefined || release(each) > release(best) ? each : best),
          undefined,
        );
    const starts = last(false);
    const readies = [last(true)].find((each) => each !== undefined && release(each) > startNs);
    const begunNs = readies !== undefined || waitsOutside ? startNs : readyNs;
    const dates = into.map((edge) => {
      const lag = edge === readies ? readyNs - release(edge) : edge === starts ? begunNs - release(edge) : 0;
      return endOf(edge.from) - all[edge.from].endNs + release(edge) + lag;
    });
    if (starts === undefined) dates.push(begunNs);
    let ready = Math.max(...dates);
    if (waitsOutside) ready = outside === 'moves' ? ready + readyNs - startNs : Math.max(ready, readyNs);
    return ready + (key === without ? 0 : endNs - readyNs);
  };
  return Math.max(...all.map((_, id) => endOf(id)));
}

describe('the graph of dependencies', () => {
  test('replays what was measured', () => {
    fc.assert(
      fc.property(plan, (planned) => {
        const graph = build(planned).finish();
        const last = Math.max(...planned.nodes.map((each) => nodeOf(each).endNs));
        for (const outside of ['stays', 'moves'] as const) expect(replayedEnd(graph, 0, NONE, outside)).toBe(last);
      }),
      { seed },
    );
  });

  test('tells how long it takes without the work of some nodes', () => {
    fc.assert(
      fc.property(plan, fc.nat(2), fc.constantFrom<Outside>('stays', 'moves'), (planned, key, outside) => {
        const graph = build(planned).finish();
        expect(replayedEnd(graph, 0, key, outside)).toBe(slowReplay(planned, key, outside));
      }),
      { seed, numRuns: 300 },
    );
  });

  test('wins at least nothing, at most all work of the key, and most where what is outside moves along', () => {
    fc.assert(
      fc.property(plan, fc.nat(2), (planned, key) => {
        const graph = build(planned).finish();
        const measured = replayedEnd(graph, 0, NONE, 'stays');
        const [alone, together] = (['stays', 'moves'] as const).map(
          (how) => measured - replayedEnd(graph, 0, key, how),
        );
        const work = planned.nodes.filter((each) => each.key === key).reduce((sum, { workNs }) => sum + workNs, 0);
        expect(alone).toBeGreaterThanOrEqual(0);
        expect(together).toBeGreaterThanOrEqual(alone);
        expect(together).toBeLessThanOrEqual(work);
      }),
      { seed },
    );
  });
});

describe('the path', () => {
  test('leads from the end of the window to its start without gaps', () => {
    fc.assert(
      fc.property(plan, (planned) => {
        const graph = build(planned).finish();
        const { length, startNs, endNs, kind } = walkBack(graph, lastOfDevice(graph, 0), { startNs: 0, endNs: END });
        expect([startNs[0], endNs[length - 1]]).toEqual([0, END]);
        for (let at = 0; at < length; at++) {
          expect(endNs[at]).toBeGreaterThan(startNs[at]);
          if (at > 0) expect(startNs[at]).toBe(endNs[at - 1]);
          expect(PATH_KINDS[kind[at]]).toBeDefined();
        }
      }),
      { seed },
    );
  });

  test('holds every op for at least as long as it could win', () => {
    fc.assert(
      fc.property(plan, ({ nodes, edges }) => {
        const planned = { nodes: nodes.map((each, id) => (each.key === NONE ? each : { ...each, key: id })), edges };
        const graph = build(planned).finish();
        const path = walkBack(graph, lastOfDevice(graph, 0), { startNs: 0, endNs: END });
        const measured = replayedEnd(graph, 0, NONE, 'stays');
        for (let key = 0; key < nodes.length; key++) {
          const onPath = path.startNs.reduce(
            (sum, from, at) => (path.key[at] === key ? sum + path.endNs[at] - from : sum),
            0,
          );
          // What is not on the path wins nothing: the rest still takes as long.
          expect(measured - replayedEnd(graph, 0, key, 'moves')).toBeLessThanOrEqual(onPath);
        }
      }),
      { seed },
    );
  });
});
