// All rules together: the order, what is said of them, runs with nothing wrong, real captures.
import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analysis/analyse-run.ts';
import { findings, type RunFinding } from '../../../../src/analysis/findings/index.ts';
import { FINDING_TEXTS } from '../../../../src/locale/findings.ts';
import { LANGUAGES } from '../../../../src/locale/index.ts';
import { findingText } from '../../../../src/report/finding-text.ts';
import { analysedRun, opsInRow, type Said } from '../../../support/analysed-run.ts';
import { filesIn } from '../../../support/source-files.ts';
import { open } from '../../../support/opening.ts';
import type { PlantedRank } from '../../../support/planted-run.ts';
import { tableOf } from '../../../support/runs.ts';
import { noticeWhenAbsent, samplesAbsent, samplesRoot } from '../../../support/samples.ts';

const rulesOf = (all: readonly RunFinding[]): string[] => all.map(({ rule }) => rule);

/** Ops that follow each other closely, launched ahead, some communication that is mostly hidden, a sync at each end. */
function healthyRank(rank: number): PlantedRank {
  const ops = opsInRow(200, { durNs: 50_000, gapNs: 500, name: 'MatMulV3' });
  return {
    rank,
    tasks: ops.map((op, i) => ({
      ...op,
      name: i % 40 === 7 ? 'Cast' : op.name,
      args: { aic_mac_ratio: 0.8, aic_mte2_ratio: 0.5 },
      launch: { startNs: Math.max(0, op.startNs - 200_000), endNs: Math.max(3_000, op.startNs - 195_000) },
    })),
    collectives: ops
      .filter((_, i) => i % 10 === 9)
      .map(({ startNs }, i) => ({
        ...{ name: 'hcom_allReduce_', startNs: startNs + 10_000, endNs: startNs + 45_000 + 1_000 * (i % 3) },
        args: { count: 4096 },
      })),
    calls: [{ name: 'AscendCL@aclrtSynchronizeStream', startNs: 9_950_000, endNs: 10_120_000 }],
    samples: [0, 2_000_000, 4_000_000].map((timeNs) => ({
      counter: 'AI Core Freq',
      series: 'MHz',
      timeNs,
      value: 1800,
    })),
  };
}

const healthySaid: Said = {
  bubbles: [{ startNs: 50_000, endNs: 50_500, cause: 'host-late-launch' }],
  tables: [
    tableOf('settings', 'profiler_info.json', [
      { key: 'config.common_config.record_shapes', value: 'true' },
      { key: 'config.experimental_config._profiler_level', value: 'Level1' },
    ]),
  ],
};

it('nothing is found in a run in which nothing is wrong', async () => {
  expect(rulesOf(await findings(await analysedRun([healthyRank(0), healthyRank(1)], healthySaid)))).toEqual([]);
});

it('nothing is found in a run without ops', async () => {
  const copy = { name: 'MEMCPY_ASYNC', stream: 2, startNs: 0, endNs: 100, taskType: 'MEMCPY_ASYNC' };
  expect(await findings(await analysedRun([{ rank: 0, tasks: [copy] }]))).toEqual([]);
});

it('those come first that surely cost most', async () => {
  const rank: PlantedRank = {
    rank: 0,
    tasks: [
      { name: 'Index', stream: 2, startNs: 0, endNs: 200_000, taskType: 'AI_CPU' },
      { name: 'MatMul', stream: 2, startNs: 200_000, endNs: 600_000 },
      { name: 'Cast', stream: 2, startNs: 600_000, endNs: 700_000 },
    ],
    collectives: [{ name: 'hcom_allReduce_', startNs: 700_000, endNs: 1_000_000 }],
  };
  const all = await findings(await analysedRun([rank]));
  // 200 * 0.9, 300 * 0.4, 100 * 0.7
  expect(rulesOf(all)).toEqual(['ai-cpu-ops', 'exposed-communication', 'layout-overhead']);
});

describe('what is said', () => {
  it('of every rule there is, in every language', () => {
    const rules = filesIn('src/analysis/findings', /\.ts$/).map((path) => path.replace(/^.*\/|\.ts$/g, ''));
    for (const language of LANGUAGES)
      expect(rules).toEqual(expect.arrayContaining(Object.keys(FINDING_TEXTS[language])));
    expect(Object.keys(FINDING_TEXTS.en)).toHaveLength(20);
  });

  it('holds the figures with their units', async () => {
    const rank: PlantedRank = {
      rank: 0,
      tasks: [
        { name: 'MatMul', stream: 2, startNs: 0, endNs: 875_000 },
        { name: 'Index', stream: 2, startNs: 875_000, endNs: 1_000_000, taskType: 'AI_CPU' },
      ],
    };
    const [finding] = await findings(await analysedRun([rank]));
    expect(findingText(finding, 'en')).toMatchObject({
      title: 'AI CPU ops: 12.5 % of the computing time',
      explanation: '1 op ran on the AI CPU, and for 125 µs nothing else computed. Ops: Index.',
    });
    expect(findingText(finding, 'zh').title).toBe('AI CPU 算子：占计算耗时的 12.5 %');
  });
});

noticeWhenAbsent('findings of real captures');

describe.skipIf(samplesAbsent)('real captures', () => {
  const rulesIn = async (path: string): Promise<Map<string, RunFinding>> => {
    const { run } = await open(`${samplesRoot}/ascend/${path}`);
    const all = await findings(analyseRun(run));
    for (const language of LANGUAGES) {
      for (const finding of all) {
        const said = Object.values(findingText(finding, language)).join(' ');
        expect(said).not.toMatch(/undefined|NaN|Infinity|\[object/);
      }
    }
    return new Map(all.map((finding) => [finding.rule, finding]));
  };

  it('data-parallel training: communication, compiled ops, conversions of formats', async () => {
    const all = await rulesIn('torch_npu-ddp/level1');
    expect([...all.keys()]).toEqual(
      expect.arrayContaining(['exposed-communication', 'op-compilation', 'layout-overhead', 'small-packets']),
    );
    // Three of 19 types of op, a sixth of the computing time of both ranks.
    expect(all.get('layout-overhead')).toMatchObject({
      evidence: { opCount: 132, ops: ['TransData', 'Transpose', 'Cast'] },
    });
    // Between any two ops the device stops for at least 87 us.
    expect(all.get('cache-counters')).toMatchObject({ evidence: { gapCount: 106 } });
    expect(all.has('unbalanced-ranks')).toBe(false);
    expect(all.has('frequency-drop')).toBe(false);
  });

  it('a pipeline of two stages: the last one has more to do, and one slow product', async () => {
    const all = await rulesIn('torch_npu-llm-pp2');
    expect(all.get('unbalanced-ranks')).toMatchObject({ evidence: { slowRank: '2', fastRank: '0' } });
    expect(all.get('low-cube-utilisation')).toMatchObject({ evidence: { opCount: 2, ops: ['MatMulV3'] } });
    expect(all.has('small-packets')).toBe(false);
    expect(all.has('ai-cpu-ops')).toBe(false);
  });

  it('eager inference of 2024: small ops, AI CPU casts, ops compiled at run time', async () => {
    const all = await rulesIn('torch_npu-2024/trace_view.json');
    expect([...all.keys()]).toEqual(
      expect.arrayContaining(['op-compilation', 'small-ops', 'layout-overhead', 'ai-cpu-ops']),
    );
    expect(all.get('ai-cpu-ops')).toMatchObject({ evidence: { opCount: 2 } });
  });
});
