// Bubbles of generated runs against what was planted in them, and against a sweep that looks at every nanosecond.
import { describe, expect, test } from 'vitest';
import { analyseRun, type DeviceAnalysis } from '../../src/analysis/analyse-run.ts';
import { BUBBLE_CAUSES, type BubbleKind, type DeviceBubbles } from '../../src/analysis/bubbles/bubble.ts';
import { LATENCY_NS } from '../../src/analysis/bubbles/clock-skew.ts';
import { NONE } from '../../src/timeline/index.ts';
import { commonStartNs } from '../support/device-events.ts';
import { PLANTED_THRESHOLD_NS, plantBubbles, type RankWithBubbles } from '../support/planted-bubbles.ts';
import { plantedRun } from '../support/planted-run.ts';

const KINDS: readonly BubbleKind[] = ['device', 'compute', 'stream'];

/** Seeds that nothing was tuned with; skews of clocks far apart in both directions, and of clocks that agree. */
const plans = Array.from({ length: 24 }, (_, index) => ({
  seed: 7_001 + index,
  skewsNs: [
    [0, 9_000],
    [-9_000, 13_000, 2_500],
    [250_000, -300_000],
    [21_000, -1_000_000],
  ][index % 4],
}));

interface Found {
  readonly startNs: number;
  readonly endNs: number;
  readonly cause: string;
  readonly before: string;
  readonly after: string;
}

async function analysed(
  ranks: readonly RankWithBubbles[],
): Promise<{ planted: RankWithBubbles; device: DeviceAnalysis; found: (kind: BubbleKind) => Found[] }[]> {
  const run = await plantedRun(ranks);
  const originNs = Number(run.originNs - commonStartNs);
  const { devices } = analyseRun(run, {
    ...{ window: 'vendor-2026', bubbleThresholdNs: PLANTED_THRESHOLD_NS, bubbleKinds: KINDS },
  });
  return devices.map((device) => ({
    planted: ranks.find(({ rank }) => rank === device.tasks.rank)!,
    device,
    found: (kind) =>
      foundIn(
        device,
        device.bubbles.find((each) => each.kind === kind)!,
        originNs,
      ),
  }));
}

function foundIn({ tasks }: DeviceAnalysis, bubbles: DeviceBubbles, originNs: number): Found[] {
  const nameOf = (task: number): string => (task === NONE ? '' : tasks.texts.get(tasks.name[task]));
  return Array.from(bubbles.startNs, (startNs, row) => ({
    startNs: startNs + originNs,
    endNs: startNs + originNs + bubbles.durNs[row],
    cause: BUBBLE_CAUSES[bubbles.cause[row]],
    before: nameOf(bubbles.before[row]),
    after: nameOf(bubbles.after[row]),
  }));
}

describe.each(plans)('with seed $seed and clocks apart by $skewsNs', ({ seed, skewsNs }) => {
  const ranks = plantBubbles({ seed, skewsNs });
  const results = analysed(ranks);

  test('finds every planted bubble of the device, in its place and length, and no other', async () => {
    for (const { planted, found } of await results) {
      const places = planted.bubbles.map(({ startNs, endNs, after }) => ({ startNs, endNs, after }));
      expect(found('device')).toMatchObject(places);
      expect(found('device')).toHaveLength(places.length);
    }
  });

  test('knows the cause, but for what the skew leaves open', async () => {
    for (const { planted, found } of await results) {
      const wrong = found('device').flatMap(({ cause }, row) => {
        const { marginNs, ...bubble } = planted.bubbles[row];
        const isOpen = cause === 'ambiguous' && marginNs <= LATENCY_NS;
        return cause === bubble.cause || isOpen ? [] : [{ ...bubble, marginNs, found: cause }];
      });
      expect(wrong, `rank ${planted.rank}`).toEqual([]);
    }
  });

  test('knows how far the clocks are apart', async () => {
    for (const { planted, device } of await results) {
      const { lowNs, highNs } = device.bubbles[0].skew;
      expect(planted.skewNs).toBeGreaterThanOrEqual(lowNs);
      expect(planted.skewNs).toBeLessThanOrEqual(highNs);
    }
  });

  test('tells waiting for the slowest rank from transfer, and receives of a pipeline from both', async () => {
    for (const { planted, found } of await results) {
      const causes = ['slowest-rank', 'transfer', 'pipeline-receive'];
      const exposed = found('compute').filter(({ cause }) => causes.includes(cause));
      expect(exposed).toMatchObject(planted.exposed);
      expect(exposed).toHaveLength(planted.exposed.length);
    }
  });

  test('knows the same causes of gaps on the main stream', async () => {
    for (const { planted, found } of await results) {
      const onStream = new Map(found('stream').map((each) => [`${each.startNs} ${each.endNs} ${each.after}`, each]));
      const both = found('device').filter(({ startNs, endNs, after }) => onStream.has(`${startNs} ${endNs} ${after}`));
      expect(both.length).toBeGreaterThan(planted.bubbles.length / 2);
      for (const each of both) {
        expect(onStream.get(`${each.startNs} ${each.endNs} ${each.after}`)?.cause).toBe(each.cause);
      }
    }
  });

  test('adds up to the idle time', async () => {
    for (const { device } of await results) {
      const { deviceIdleNs, computeIdleNs } = device.overlap.totals;
      const [ofDevice, ofCompute] = device.bubbles;
      expect([ofDevice.totalNs, ofCompute.totalNs]).toEqual([deviceIdleNs, computeIdleNs]);
      for (const { durNs, belowThresholdNs, totalNs } of device.bubbles) {
        expect(durNs.reduce((sum, ns) => sum + ns, 0) + belowThresholdNs).toBe(totalNs);
      }
    }
  });
});
