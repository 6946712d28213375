// What a step of a PyTorch capture took as long as: what streams and hosts wait for is told by records of the calls, and the
// host has ops, calls and threads of its own.
import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analysis/analyse-run.ts';
import { criticalPath, PATH_KINDS } from '../../../src/analysis/critical-path/critical-path.ts';
import { deviceSlice, hostSlice, kinetoText, launched } from '../../support/kineto-events.ts';
import { readRun } from '../../support/runs.ts';

type Times = readonly [number, number];

/** Stretches as `kind name length`, and what the host did in them, in whole microseconds. */
async function pathOf(...events: readonly (object | readonly object[])[]) {
  const bytes = new TextEncoder().encode(kinetoText(events.flat()));
  const analysis = analyseRun(await readRun('torch-kineto', [{ path: 'rank0.json', bytes }]));
  const [device] = analysis.devices;
  const window = { startNs: 0, endNs: Math.max(...device.tasks.endNs) };
  const { segments, host, events: source } = criticalPath(analysis, device, window, { by: 'name' });
  const nameOf = (text: number): string => (text < 0 ? '-' : device.tasks.texts.get(text));
  const lines = Array.from({ length: segments.length }, (_, at) => {
    const lengthUs = (segments.endNs[at] - segments.startNs[at]) / 1000;
    return `${PATH_KINDS[segments.kind[at]]} ${nameOf(segments.text[at])} ${lengthUs}`;
  });
  const ops = host.map(({ key, count, onPathNs }) => `${nameOf(key)} ${count} ${onPathNs / 1000}`);
  return { lines, host: ops, source };
}

const call = (name: string, times: Times, correlation: number): object =>
  hostSlice('cuda_runtime', name, times, { correlation });
const onThread = (tid: number, events: readonly object[]): object[] =>
  events.map((event) => ('cat' in event && /^(cpu_op|cuda_runtime)$/.test(`${event.cat}`) ? { ...event, tid } : event));
/** The record of a wait as CUPTI has it: where the host made the call. */
const sync = (name: string, stream: number, times: Times, args: object): object =>
  deviceSlice('cuda_sync', name, stream, times, args);

describe('a stream that waits for an event', () => {
  it('waits for what was launched before the record, not where the host called', async () => {
    const { lines, source } = await pathOf(
      launched(1, 'Long', 20, [0, 5], [10, 100]),
      call('cudaEventRecord', [6, 8], 2),
      launched(3, 'After the record', 20, [8, 10], [101, 300]),
      call('cudaStreamWaitEvent', [11, 13], 4),
      sync('Stream Wait Event', 7, [12, 13], {
        correlation: 4,
        wait_on_stream: 20,
        wait_on_cuda_event_record_corr_id: 2,
      }),
      launched(5, 'Waits', 7, [14, 16], [102, 310]),
    );
    expect(source).toBe('recorded');
    expect(lines).toEqual([
      'launch cudaLaunchKernel 5',
      'launch Long 5',
      'compute Long 90',
      'idle Waits 2',
      'compute Waits 208',
    ]);
  });
});

describe('a host that waits', () => {
  it('waits for the one stream that it names', async () => {
    const { lines } = await pathOf(
      launched(1, 'Other stream', 20, [0, 5], [10, 95]),
      launched(2, 'Own stream', 7, [5, 10], [12, 80]),
      call('cudaStreamSynchronize', [10, 100], 3),
      sync('Stream Sync', 7, [11, 99], { correlation: 3 }),
      launched(4, 'Next', 7, [110, 115], [120, 130]),
    );
    expect(lines).toEqual([
      'launch cudaLaunchKernel 5',
      'launch cudaLaunchKernel 5',
      'launch Own stream 2',
      'compute Own stream 68',
      'host cudaStreamSynchronize 20',
      'host cudaLaunchKernel 10',
      'launch cudaLaunchKernel 5',
      'launch Next 5',
      'compute Next 10',
    ]);
  });

  it('waits for an event until what was launched before it is over', async () => {
    const { lines } = await pathOf(
      launched(1, 'Recorded', 7, [0, 5], [10, 50]),
      call('cudaEventRecord', [6, 7], 2),
      launched(3, 'Later', 7, [8, 10], [51, 90]),
      call('cudaEventSynchronize', [11, 95], 4),
      sync('Event Sync', -1, [12, 94], { correlation: 4, wait_on_stream: 7, wait_on_cuda_event_record_corr_id: 2 }),
      launched(5, 'Next', 7, [100, 105], [110, 120]),
    );
    expect(lines.slice(0, 4)).toEqual([
      'launch cudaLaunchKernel 5',
      'launch Recorded 5',
      'compute Recorded 40',
      'host cudaEventSynchronize 45',
    ]);
  });

  it('waits in a copy that returns when the copy is there', async () => {
    const { lines } = await pathOf(
      launched(1, 'Decode', 7, [0, 5], [10, 200]),
      call('cudaMemcpyAsync', [6, 212], 2),
      deviceSlice('gpu_memcpy', 'Memcpy DtoH (Device -> Pageable)', 7, [201, 205], { correlation: 2 }),
      launched(3, 'Next', 7, [220, 225], [230, 240]),
    );
    expect(lines).toEqual([
      'launch cudaLaunchKernel 5',
      'launch Decode 5',
      'compute Decode 190',
      'idle Memcpy DtoH (Device -> Pageable) 1',
      'copy Memcpy DtoH (Device -> Pageable) 4',
      'host cudaMemcpyAsync 7',
      'host cudaLaunchKernel 8',
      'launch cudaLaunchKernel 5',
      'launch Next 5',
      'compute Next 10',
    ]);
  });
});

describe('the host on the path', () => {
  it('is told by its innermost ops and calls, with what nothing was recorded of', async () => {
    const { host, lines } = await pathOf(
      hostSlice('user_annotation', 'forward', [0, 100]),
      hostSlice('cpu_op', 'aten::linear', [10, 60]),
      hostSlice('cpu_op', 'aten::empty', [15, 45]),
      call('cudaMalloc', [20, 40], 1),
      launched(2, 'gemm', 7, [50, 56], [58, 80]),
    );
    expect(lines).toEqual([
      'host aten::linear 10',
      'host aten::linear 40',
      'launch aten::linear 6',
      'launch gemm 2',
      'compute gemm 22',
    ]);
    expect(host).toEqual([
      ...['cudaMalloc 1 20', '- 1 10', 'aten::linear 1 10', 'aten::empty 1 10', 'cudaLaunchKernel 1 6'],
    ]);
  });

  it('goes over to the thread of the backward pass and back', async () => {
    const backward = [
      hostSlice('cpu_op', 'MmBackward', [40, 90]),
      ...launched(2, 'gemm_backward', 7, [80, 85], [88, 89]),
    ];
    const { host } = await pathOf(
      hostSlice('cpu_op', 'aten::mm', [10, 30]),
      launched(1, 'gemm', 7, [20, 25], [28, 29]),
      onThread(8, backward),
      hostSlice('cpu_op', 'aten::add_', [95, 120]),
      launched(3, 'sgd', 7, [110, 115], [118, 130]),
    );
    // 5 us of aten::mm until its launch was over, then the other thread.
    expect(host).toContain('MmBackward 1 40');
    expect(host).toContain('aten::mm 1 10');
    expect(host).toContain('aten::add_ 1 15');
  });

  it('stays on a thread that was itself at work all the time', async () => {
    const other = [hostSlice('cpu_op', 'aten::prefetch', [40, 90]), ...launched(2, 'copy', 8, [80, 85], [88, 89])];
    const { host } = await pathOf(
      hostSlice('cpu_op', 'aten::mm', [10, 120]),
      launched(1, 'gemm', 7, [20, 25], [28, 29]),
      onThread(8, other),
      launched(3, 'sgd', 7, [110, 115], [118, 130]),
    );
    expect(host.some((line) => line.startsWith('aten::prefetch'))).toBe(false);
  });
});
