// Idle time of the device that the host may cause. A window of 1 ms: op, gap, op.
import { describe, expect, it } from 'vitest';
import { found, type PlantedBubble } from '../../../support/analysed-run.ts';
import type { PlantedTask } from '../../../support/planted-run.ts';
import { tableOf } from '../../../support/runs.ts';

const MS = 1_000_000;

/** A device that computes but for one gap of this length in the middle. */
const rankWith = (
  gapNs: number,
  rank = 0,
): { rank: number; tasks: { name: string; stream: number; startNs: number; endNs: number }[] } => ({
  rank,
  tasks: [
    { name: 'MatMul', stream: 2, startNs: 0, endNs: 500_000 },
    { name: 'Add', stream: 2, startNs: 500_000 + gapNs, endNs: MS },
  ],
});
const gap = (gapNs: number, cause: PlantedBubble['cause'], confidence = 1): PlantedBubble => ({
  ...{ startNs: 500_000, endNs: 500_000 + gapNs, cause, confidence },
});
const settings = (rows: Record<string, string>): { tables: ReturnType<typeof tableOf>[] } => ({
  tables: [
    tableOf(
      'settings',
      'profiler_info_0.json',
      Object.entries(rows).map(([key, value]) => ({ key, value })),
    ),
  ],
});

describe('host-bound', () => {
  it('is a device that waits for launches: how long, where it is lost, which ops', async () => {
    const bubbles = [
      gap(150_000, 'host-late-framework', 0.5),
      { startNs: 700_000, endNs: 750_000, cause: 'host-late-launch' as const },
      { startNs: 800_000, endNs: 900_000, cause: 'copy' as const },
    ];
    expect(await found('host-bound', [rankWith(150_000)], { bubbles })).toEqual({
      rule: 'host-bound',
      stakeNs: 200_000,
      confidence: (150_000 * 0.5 + 50_000) / 200_000,
      device: { rank: 0, device: 0, capture: undefined },
      window: { startNs: 500_000, endNs: 650_000 },
      evidence: {
        gapCount: 2,
        lateNs: 200_000,
        windowShare: 0.2,
        idleShare: 200_000 / 300_000,
        layer: 'framework',
        layerShare: 0.75,
        ops: ['Add'],
        emptyShare: undefined,
      },
    });
  });

  it('tells for how much of the idle time nothing was queued, where launches are known', async () => {
    const launched = (name: string, startNs: number, callNs: number): PlantedTask => ({
      ...{ name, stream: 2, startNs, endNs: startNs + 100_000 },
      launch: { startNs: callNs, endNs: callNs + 10_000 },
    });
    // Idle from 200 to 500, and the next op is launched at 440: for 60 of these 300 us something is queued.
    const tasks = [launched('MatMul', 100_000, 0), launched('Add', 500_000, 440_000)];
    const bubbles = [{ startNs: 200_000, endNs: 500_000, cause: 'host-late-framework' as const }];
    const told = await found('host-bound', [{ rank: 0, tasks }], {
      bubbles,
    });
    expect(told?.evidence.emptyShare).toBeCloseTo(240_000 / 300_000, 12);
  });

  it('is nothing below a tenth of the window, and is from there on', async () => {
    expect(
      await found('host-bound', [rankWith(99_999)], { bubbles: [gap(99_999, 'host-late-launch')] }),
    ).toBeUndefined();
    const told = await found('host-bound', [rankWith(100_000)], { bubbles: [gap(100_000, 'host-late-launch')] });
    expect(told?.evidence.layer).toBe('launch');
  });

  it('is not idle time of other causes', async () => {
    for (const cause of ['event-wait', 'copy', 'device-scheduling', 'unknown', 'ambiguous', 'slowest-rank'] as const) {
      expect(await found('host-bound', [rankWith(400_000)], { bubbles: [gap(400_000, cause)] })).toBeUndefined();
    }
  });

  it('adds up what devices lose', async () => {
    const bubbles = [gap(200_000, 'host-late-framework')];
    const told = await found('host-bound', [rankWith(200_000), rankWith(200_000, 1)], { bubbles });
    expect(told).toMatchObject({ stakeNs: 400_000, evidence: { windowShare: 0.2, gapCount: 2 } });
  });
});

describe('profiling-overhead', () => {
  const recorded = settings({
    'config.common_config.with_stack': 'true',
    'config.common_config.record_shapes': 'true',
  });

  it('names costly settings where the device may have waited for the host', async () => {
    const told = await found('profiling-overhead', [rankWith(200_000)], {
      ...recorded,
      bubbles: [gap(200_000, 'host-late-framework')],
    });
    expect(told).toMatchObject({
      stakeNs: 200_000,
      confidence: 0.25,
      evidence: { settings: ['with_stack=true'], hostIdleNs: 200_000, windowShare: 0.2 },
    });
  });

  it('is less sure where nobody knows why the device was idle', async () => {
    const bubbles = [gap(200_000, 'unknown')];
    expect(await found('profiling-overhead', [rankWith(200_000)], { ...recorded, bubbles })).toMatchObject({
      confidence: 0.1,
    });
  });

  it('says nothing of a device that does not wait for the host', async () => {
    const short = [gap(99_999, 'host-late-framework')];
    expect(await found('profiling-overhead', [rankWith(99_999)], { ...recorded, bubbles: short })).toBeUndefined();
    const copies = [gap(300_000, 'copy')];
    expect(await found('profiling-overhead', [rankWith(300_000)], { ...recorded, bubbles: copies })).toBeUndefined();
  });

  it.each([
    [{ 'config.experimental_config._profiler_level': 'Level2' }, ['profiler_level=Level2']],
    [{ 'config.experimental_config._profiler_level': 'Level1' }, undefined],
    [{ 'config.common_config.with_stack': 'false', 'config.common_config.record_shapes': 'true' }, undefined],
    [{ 'config.common_config.profile_memory': 'true' }, ['profile_memory=true']],
    [{ 'config.not_with_stack': 'true' }, undefined],
  ])('of %j names %j', async (rows, names) => {
    const said = { ...settings(rows as Record<string, string>), bubbles: [gap(200_000, 'host-late-framework')] };
    expect((await found('profiling-overhead', [rankWith(200_000)], said))?.evidence.settings).toEqual(names);
  });
});

describe('cache-counters', () => {
  const recorded = settings({ 'config.experimental_config._l2_cache': 'true' });
  const late = [gap(150_000, 'device-scheduling'), { startNs: 800_000, endNs: 850_000, cause: 'copy' as const }];

  it('are what stopped the device before ops that had been launched in time', async () => {
    expect(await found('cache-counters', [rankWith(150_000)], { ...recorded, bubbles: late })).toMatchObject({
      ...{ stakeNs: 150_000, confidence: 0.8, window: { startNs: 500_000, endNs: 650_000 } },
      evidence: { gapCount: 1, meanNs: 150_000, pausedNs: 150_000, windowShare: 0.15 },
    });
  });

  it('are nothing where they were not recorded, or where the device did not pause', async () => {
    const off = settings({ 'config.experimental_config._l2_cache': 'false' });
    expect(await found('cache-counters', [rankWith(150_000)], { ...off, bubbles: late })).toBeUndefined();
    const host = [gap(150_000, 'host-late-framework')];
    expect(await found('cache-counters', [rankWith(150_000)], { ...recorded, bubbles: host })).toBeUndefined();
  });
});

describe('slow-environment', () => {
  it.each([
    [{ 'ENV_VARIABLES.ASCEND_LAUNCH_BLOCKING': '1' }, ['ASCEND_LAUNCH_BLOCKING=1']],
    [{ 'ENV_VARIABLES.ASCEND_LAUNCH_BLOCKING': '0' }, undefined],
    [{ 'ENV_VARIABLES.ASCEND_GLOBAL_LOG_LEVEL': '0' }, ['ASCEND_GLOBAL_LOG_LEVEL=0']],
    [{ 'ENV_VARIABLES.ASCEND_GLOBAL_LOG_LEVEL': '3' }, undefined],
    [{}, undefined],
  ])('of %j names %j', async (rows, names) => {
    const said = { ...settings(rows as Record<string, string>), bubbles: [gap(50_000, 'host-late-launch')] };
    expect((await found('slow-environment', [rankWith(50_000)], said))?.evidence.settings).toEqual(names);
  });

  it('does not matter to a device that has no pause', async () => {
    const rows = settings({ 'ENV_VARIABLES.ASCEND_LAUNCH_BLOCKING': '1' });
    expect(
      await found('slow-environment', [rankWith(5_000)], { ...rows, bubbles: [gap(5_000, 'host-late-launch')] }),
    ).toBeUndefined();
  });
});
