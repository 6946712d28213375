// Bubbles of real captures: all idle time is accounted for, as the vendor has it, and causes make sense.
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { analyseRun, type DeviceAnalysis, type RunAnalysis } from '../../src/analysis/analyse-run.ts';
import { BUBBLE_CAUSES, type BubbleCause, type BubbleKind } from '../../src/analysis/bubbles/bubble.ts';
import { freeTimes } from '../../src/analysis/bubbles/free-time.ts';
import { vendorFigures } from '../../src/analysis/index.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import { noticeWhenAbsent, samplesAbsent, samplesLike, samplesRoot } from '../support/samples.ts';

noticeWhenAbsent('bubbles of real captures');

const host = new NodeHost();
afterAll(() => host.close());
const KINDS: readonly BubbleKind[] = ['device', 'compute', 'stream'];

async function analyse(path: string): Promise<RunAnalysis> {
  const { run } = await openRun([join(samplesRoot, path)], host, {}, new Diagnostics());
  return analyseRun(run, { bubbleKinds: KINDS });
}

function timeByCause({ bubbles }: DeviceAnalysis, kind: BubbleKind): Map<BubbleCause, number> {
  const times = new Map<BubbleCause, number>();
  for (const { cause, durNs, length } of bubbles.filter((each) => each.kind === kind)) {
    for (let row = 0; row < length; row++) {
      const name = BUBBLE_CAUSES[cause[row]];
      times.set(name, (times.get(name) ?? 0) + durNs[row]);
    }
  }
  return times;
}

const captures = [
  ...new Set(
    samplesLike(/^ascend\/.*(trace_view|msprof_\d+|kernel_details|op_summary_\d+)\.(json|csv)$/)
      .filter((path) => !path.includes('torch_npu-2023'))
      .map((path) => dirname(path)),
  ),
];

describe.skipIf(samplesAbsent).each(captures)('%s', (path) => {
  test('has every nanosecond of idle time in a bubble or below the threshold', async () => {
    const { run, devices } = await analyse(path);
    expect(devices.length).toBeGreaterThan(0);
    for (const { overlap, bubbles } of devices) {
      const [device, compute] = bubbles;
      expect([device.totalNs, compute.totalNs]).toEqual([overlap.totals.deviceIdleNs, overlap.totals.computeIdleNs]);
      for (const { durNs, totalNs, belowThresholdNs } of bubbles) {
        expect(durNs.reduce((sum, ns) => sum + ns, 0) + belowThresholdNs).toBe(totalNs);
      }
      for (const { differenceNs, roundingNs } of freeTimes(overlap, vendorFigures(run))) {
        expect(Math.abs(differenceNs!)).toBeLessThanOrEqual(roundingNs);
      }
    }
  });
});

describe.skipIf(samplesAbsent)('causes', () => {
  test.each([0, 1])('of a training step are found for rank %i: most is the host, nothing is unknown', async (rank) => {
    const { devices } = await analyse(`ascend/torch_npu-ddp/level1/rank${rank}_ascend_pt`);
    const [device] = devices;
    const times = timeByCause(device, 'device');
    const hostNs = (['host-late-framework', 'pipeline-launch', 'host-late-launch'] as const)
      .map((cause) => times.get(cause) ?? 0)
      .reduce((a, b) => a + b);
    expect(hostNs).toBeGreaterThan(0.75 * device.overlap.totals.deviceIdleNs);
    expect(times.get('unknown')).toBeUndefined();
    expect(times.get('ambiguous') ?? 0).toBeLessThan(0.01 * device.overlap.totals.deviceIdleNs);
    // One of eight devices comes 80 ms late to the first collective.
    const exposed = timeByCause(device, 'compute');
    expect(exposed.get('slowest-rank')).toBeGreaterThan(0.8 * device.overlap.totals.exposedCommunicationNs);
  });

  test('of a capture with arrows that arrive before they leave lie beyond the skew', async () => {
    const { devices } = await analyse('ascend/torch_npu-ddp/level1/rank0_ascend_pt');
    const { lowNs, highNs } = devices[0].bubbles[0].skew;
    // The farthest arrow back in time arrives 13.6 µs early; that op did not end an idle time.
    expect(lowNs).toBeGreaterThan(10_000);
    expect(highNs).toBeGreaterThan(13_600);
  });

  test('of a pipeline hold the receives that the vendor does not count', async () => {
    const { devices } = await analyse('ascend/torch_npu-llm-pp2/rank_0_ascend_pt');
    expect(timeByCause(devices[0], 'compute').get('pipeline-receive')).toBeGreaterThan(100_000_000);
  });
});
