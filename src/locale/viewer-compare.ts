/** What the panel says that compares two runs; words of the comparison itself are in compare.ts. */
import type { Localised } from './index.ts';

type ComparedFigure =
  | 'p50'
  | 'p95'
  | 'p99'
  | 'mean'
  | 'compute'
  | 'exposed-comm'
  | 'idle'
  | 'op-count'
  | 'rank.skew'
  | 'memory.allocated'
  | 'memory.reserved'
  | 'output_tok_s';

export interface CompareWords {
  readonly oneRun: string;
  readonly compareWith: string;
  readonly otherLoads: string;
  readonly howJudged: string;
  readonly otherFigures: string;
  readonly otherOps: string;
  readonly comparedFigures: Readonly<Record<ComparedFigure, string>>;
  readonly alignedRuns: string;
  readonly alignStep: string;
  alignHint(count: string): string;
  readonly noCommonSteps: string;
  readonly openThere: string;
  moreRows(count: string): string;
  readonly perStepEach: string;
  readonly wholeRunEach: string;
}

export const viewerCompare: Localised<CompareWords> = {
  en: {
    oneRun: 'Only one run is open. Open a second one to compare: traceconv view --base BEFORE --head AFTER.',
    compareWith: 'Compare with',
    otherLoads: 'The other run is still being read.',
    howJudged: 'How this was judged',
    otherFigures: 'Other figures',
    otherOps: 'all other ops',
    comparedFigures: {
      p50: 'median step',
      p95: 'step, p95',
      p99: 'step, p99',
      mean: 'mean step',
      compute: 'compute',
      'exposed-comm': 'exposed communication',
      idle: 'device idle',
      'op-count': 'ops per step',
      'rank.skew': 'between the fastest and the slowest rank',
      'memory.allocated': 'memory allocated, peak',
      'memory.reserved': 'memory reserved, peak',
      output_tok_s: 'tokens per second',
    },
    alignedRuns: 'Both runs on one axis of time',
    alignStep: 'Align at step',
    alignHint: (count) =>
      `of ${count} that both have; 0: the starts of the runs. Drag and Ctrl + wheel move both, with the timeline above.`,
    noCommonSteps: 'Aligned at the starts of the runs: no step is known in both.',
    openThere: 'Open here',
    moreRows: (count) => `and ${count} more`,
    perStepEach: 'Per step, on an average device',
    wholeRunEach: 'Of the whole run, on an average device: no steps are known in both',
  },
  zh: {
    oneRun: '只打开了一个运行。再打开一个即可对比：traceconv view --base 基线 --head 当前。',
    compareWith: '对比基线',
    otherLoads: '另一个运行仍在读取。',
    howJudged: '判定依据',
    otherFigures: '其他指标',
    otherOps: '其他算子合计',
    comparedFigures: {
      p50: '迭代中位数',
      p95: '迭代 p95',
      p99: '迭代 p99',
      mean: '迭代平均',
      compute: '计算',
      'exposed-comm': '未掩盖通信',
      idle: 'Device 空闲',
      'op-count': '每迭代算子数',
      'rank.skew': '最快卡与最慢卡之差',
      'memory.allocated': '已分配内存峰值',
      'memory.reserved': '预留内存峰值',
      output_tok_s: '每秒 token 数',
    },
    alignedRuns: '两个运行对齐显示',
    alignStep: '对齐到第几个迭代',
    alignHint: (count) => `共有 ${count} 个迭代；0 表示按运行起点对齐。拖动和 Ctrl + 滚轮同时移动两者及上方时间线。`,
    noCommonSteps: '按运行起点对齐：没有共同的迭代。',
    openThere: '在此处打开',
    moreRows: (count) => `另有 ${count} 个`,
    perStepEach: '每次迭代，各设备平均',
    wholeRunEach: '整个运行，各设备平均（两者没有共同的迭代）',
  },
};
