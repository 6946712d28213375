// The critical path of a marked range against what HTA says of it: HolisticTraceAnalysis 0.5.0 with pandas 2.2.3 was run on
// these captures, and its nodes and edges of the first are those that its own tests assert (315, 314). Its path is one of
// weights: gaps between outermost operators and calls that wait for the device weigh nothing; docs/analysis.md tells how ours
// differs.
import { describe, expect, test } from 'vitest';
import { analyseRun, criticalPath, PATH_KINDS } from '../../src/analysis/index.ts';
import { NONE } from '../../src/timeline/index.ts';
import { readFiles } from '../support/reading.ts';
import { runOf } from '../support/runs.ts';
import { noticeWhenAbsent, readSample, samplesAbsent } from '../support/samples.ts';

noticeWhenAbsent("HTA's critical paths");

const RANGE = '[param|pytorch.model.alex_net|0|0|0|measure|forward]';
const SIMPLE_ADD = 'simple_add/benchmark_result_493459_1694039959_trace.json.gz';
const ALEXNET = 'alexnet/benchmark_result_2869224_1695835535_trace.json.gz';
const EVENT_SYNC = 'cuda_event_sync/event_sync_trace.json.gz';

/** In us, by what HTA calls `bound_by`. */
const CASES = [
  { path: SIMPLE_ADD, range: RANGE, nth: 1, cpu: 241_190, gpu: 508, kernelToKernel: 9, launch: 17 },
  { path: SIMPLE_ADD, range: RANGE, nth: 0, cpu: 294_162, gpu: 508, kernelToKernel: 9, launch: 17 },
  // 1 us between a kernel and the one on another stream that waits for it weighs nothing to HTA.
  { path: ALEXNET, range: RANGE, nth: 1, cpu: 32_042, gpu: 3712, kernelToKernel: 50 + 1, launch: 30 },
  // HTA's path goes on to a call of 4 us behind the last kernel, which no work of the device waits for,
  // and jumps over 1 us of an operator between a copy that waits and the call that waits once more.
  { path: EVENT_SYNC, range: 'ProfilerStep#100', nth: 0, cpu: 2335 - 4 + 1, gpu: 38, kernelToKernel: 0, launch: 28 },
];

describe.skipIf(samplesAbsent).each(CASES)('$path, $nth', ({ path, range, nth, ...hta }) => {
  test('takes as long as HTA says, by what bounds it', async () => {
    const bytes = readSample(`torch/hta/critical_path/${path}`);
    const { timeline } = await readFiles('torch-kineto', [{ path, bytes }]);
    const { slices, strings, tracks } = timeline;
    const marks = Array.from({ length: slices.length }, (_, slice) => slice)
      .filter((slice) => strings.get(slices.name[slice]) === range && tracks[slices.track[slice]].kind === 'thread')
      .sort((a, b) => slices.startNs[a] - slices.startNs[b]);
    const window = {
      startNs: slices.startNs[marks[nth]],
      endNs: slices.startNs[marks[nth]] + slices.durNs[marks[nth]],
    };

    const analysis = analyseRun(runOf(timeline));
    const [device] = analysis.devices;
    const { segments, host, totals } = criticalPath(analysis, device, window);
    const { length, startNs, endNs, kind, task, thread } = segments;
    const sumUs = (fits: (at: number) => boolean): number => {
      const own = Array.from({ length }, (_, at) => at).filter(fits);
      return own.reduce((sum, at) => sum + endNs[at] - startNs[at], 0) / 1000;
    };
    const isKind = (at: number, name: (typeof PATH_KINDS)[number]): boolean => PATH_KINDS[kind[at]] === name;
    const isTail = (at: number): boolean => at === length - 1 && isKind(at, 'idle');

    expect((totals.compute + totals.copy) / 1000).toBe(hta.gpu);
    expect(sumUs((at) => isKind(at, 'idle') && !isTail(at))).toBe(hta.kernelToKernel);

    // From the start of the launch call where the path goes to the device; a call that only leads to the next one is the host's.
    const leadsToDevice = (at: number): boolean => at + 1 < length && thread[at + 1] === NONE && task[at + 1] !== NONE;
    const isLaunch = (at: number): boolean => isKind(at, 'launch') && (thread[at] === NONE || leadsToDevice(at));
    expect(sumUs(isLaunch)).toBe(hta.launch);

    const nameOf = (key: number): string => (key === NONE ? '' : device.tasks.texts.get(key));
    const weighsNothing = host.filter(({ key }) => /^$|Synchronize$|^cudaMemcpyAsync$/.test(nameOf(key)));
    const unweighedUs = weighsNothing.reduce((sum, { onPathNs }) => sum + onPathNs, 0) / 1000;
    expect(sumUs((at) => thread[at] !== NONE && !isLaunch(at)) - unweighedUs).toBe(hta.cpu);
  });
});
