// Equal stacks put together, with what they launched.
import { describe, expect, it } from 'vitest';
import { FlameTree } from '../../../../src/analysis/host/flame-tree.ts';
import {
  analyseRun,
  type HostFlame,
  hostFlame,
  largestFrames,
  type Measure,
  readingOrder,
} from '../../../../src/analysis/index.ts';
import { NONE } from '../../../../src/timeline/index.ts';
import { hostSlice, kinetoText, launched } from '../../../support/kineto-events.ts';
import { readRun } from '../../../support/runs.ts';

const US = 1000;

async function flameOf(events: readonly object[]): Promise<HostFlame> {
  const bytes = new TextEncoder().encode(kinetoText(events));
  return hostFlame(analyseRun(await readRun('torch-kineto', [{ path: 'rank.json', bytes }])));
}

/** Path, slices, time on the host with and without what is nested, time on the device, in us. */
function rowsOf(flame: HostFlame, measure: Measure = 'host'): unknown[] {
  const paths: string[] = [];
  return [...readingOrder(flame, measure)].map((frame) => {
    const [parent, name] = [flame.parent[frame], flame.names.get(flame.name[frame])];
    paths[frame] = parent === NONE ? name : `${paths[parent]};${name}`;
    return [
      ...[paths[frame], flame.count[frame], flame.hostNs[frame] / US, flame.hostSelfNs[frame] / US],
      ...[flame.deviceNs[frame] / US, flame.deviceSelfNs[frame] / US],
    ];
  });
}

const STEP = (number: number, from: number): object[] => [
  hostSlice('user_annotation', `ProfilerStep#${number}`, [from, from + 100]),
  hostSlice('cpu_op', 'aten::linear', [from + 10, from + 50]),
  hostSlice('cpu_op', 'aten::relu', [from + 60, from + 90]),
  ...launched(10 * number + 1, 'gemm', 7, [from + 20, from + 25], [from + 30, from + 35]),
  ...launched(10 * number + 2, 'relu', 7, [from + 70, from + 80], [from + 90, from + 150]),
];

describe('stacks', () => {
  it('with equal names are one, steps without their numbers', async () => {
    const flame = await flameOf([...STEP(1, 0), ...STEP(2, 200)]);
    expect(rowsOf(flame)).toEqual([
      ['ProfilerStep', 2, 200, 60, 130, 0],
      ['ProfilerStep;aten::linear', 2, 80, 70, 10, 0],
      ['ProfilerStep;aten::linear;cudaLaunchKernel', 2, 10, 10, 10, 10],
      ['ProfilerStep;aten::relu', 2, 60, 40, 120, 0],
      ['ProfilerStep;aten::relu;cudaLaunchKernel', 2, 20, 20, 120, 120],
    ]);
    expect(flame).toMatchObject({ workNs: 130 * US, launchedNs: 130 * US, foldedCount: 0 });
  });

  it('may be ordered by what they launched', async () => {
    const paths = rowsOf(await flameOf(STEP(1, 0)), 'device').map((row) => (row as string[])[0]);
    expect(paths[1]).toBe('ProfilerStep;aten::relu');
  });

  it('do not differ by where objects of Python lay', async () => {
    const flame = await flameOf([
      hostSlice('python_function', '<built-in method item of Tensor object at 0xfffcd9bd7270>', [0, 10]),
      hostSlice('python_function', '<built-in method item of Tensor object at 0xfffcd9bd0000>', [20, 30]),
    ]);
    expect(rowsOf(flame)).toEqual([['<built-in method item of Tensor object', 2, 20, 20, 0, 0]]);
  });

  it('are cut where a range outlasts what it began in, so that no moment counts twice', async () => {
    const flame = await flameOf([
      hostSlice('python_function', 'load', [0, 1000]),
      hostSlice('user_annotation', 'forward', [600, 1400]),
      hostSlice('cpu_op', 'aten::mm', [700, 800]),
      hostSlice('cpu_op', 'aten::add', [1100, 1200]),
    ]);
    expect(rowsOf(flame)).toEqual([
      ['load', 1, 1000, 600, 0, 0],
      ['load;forward', 1, 400, 300, 0, 0],
      ['load;forward;aten::mm', 1, 100, 100, 0, 0],
      ['forward', 1, 400, 300, 0, 0],
      ['forward;aten::add', 1, 100, 100, 0, 0],
    ]);
  });

  it('hold the union of the slices of a thread, however they cross', async () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const ranges = Array.from({ length: 40 }, () => {
      const from = random(400);
      return [from, from + random(90)] as const;
    });
    const flame = await flameOf(ranges.map((range, at) => hostSlice('cpu_op', `op ${at % 5}`, range)));
    const covered = Array.from({ length: 500 }, (_, us) => us).filter((us) =>
      ranges.some(([from, to]) => from <= us && us < to),
    );
    expect(flame.hostSelfNs.reduce((sum, selfNs) => sum + selfNs)).toBe(covered.length * US);
    expect(flame.hostSelfNs.every((selfNs) => selfNs >= 0)).toBe(true);
  });

  it('leave out what no host has, and know how much of the device nothing launched', async () => {
    const flame = await flameOf(launched(1, 'gemm', 7, [0, 10], [20, 30]).slice(1));
    expect(flame).toMatchObject({ length: 0, workNs: 10 * US, launchedNs: 0 });
  });
});

describe('a tree of frames', () => {
  it('folds what is too much into the frame around it', () => {
    const tree = new FlameTree();
    const root = tree.frame(NONE, tree.names.add('root'));
    let last = root;
    for (let name = 0; name < 140_000; name++) last = tree.frame(root, name + 1);
    expect(last).toBe(root);
    expect(tree.finish().length).toBe(2 ** 17);
  });

  it('is walked however deep it is', () => {
    const tree = new FlameTree();
    let frame = NONE;
    for (let depth = 0; depth < 100_000; depth++) {
      frame = tree.frame(frame, 0);
      tree.addHost(frame, depth === 99_999 ? 5 : 0);
    }
    const flame = tree.finish();
    expect(flame.hostNs[0]).toBe(5);
    expect(readingOrder(flame, 'host')).toEqual(Uint32Array.from({ length: 100_000 }, (_, at) => at));
  });

  it('is cut to its largest frames with all that is around them', () => {
    const shares = Float64Array.of(1, 0.4, 0.4, 0.1);
    expect([...largestFrames(shares, 2)]).toEqual([1, 1, 0, 0]);
    expect([...largestFrames(shares, 0)]).toEqual([0, 0, 0, 0]);
  });
});
