import type { Localised } from './index.ts';

type Work = 'attention' | 'matmul' | 'elementwise' | 'communication' | 'movement' | 'other' | 'unmapped';

/** What people read of one model on two vendors' devices. Numbers come in as text, with their units. */
export interface AcrossTexts {
  readonly title: string;
  readonly base: string;
  readonly head: string;
  readonly side: (runs: string, device: string, steps: string) => string;
  readonly steps: (counts: string) => string;
  readonly phase: (phase: string, per: 'token' | 'step') => string;
  readonly unmappedShare: (base: string, head: string) => string;
  readonly ratioNote: string;
  readonly noPhase: string;
  readonly wholeRunHint: string;
  readonly work: Readonly<Record<Work | 'step' | 'idle' | 'all', string>>;
  readonly columns: Readonly<
    Record<'work' | 'share' | 'ratio' | 'op' | 'side' | 'time' | 'count' | 'check' | 'status', string>
  >;
  readonly checks: string;
  readonly severities: Readonly<Record<'same' | 'unknown' | 'warning' | 'not-comparable', string>>;
  readonly unmappedOps: (phase: string) => string;
  readonly contents: string;
}

export const ACROSS_TEXTS: Localised<AcrossTexts> = {
  en: {
    title: 'One model on two devices',
    base: 'base',
    head: 'head',
    side: (runs, device, steps) =>
      device + steps === '' ? runs : `${runs} (${[device, steps].filter(Boolean).join(', ')})`,
    steps: (counts) => `steps: ${counts}`,
    phase: (phase, per) => `${phase}: time per ${per}`,
    unmappedShare: (base, head) =>
      `Ops of unknown class have ${base} of the time of all ops in the base and ${head} in the head; they are listed below.`,
    ratioNote: 'Ratios are head / base. Times of ops are summed over streams, so they may be longer than a step.',
    noPhase: 'The two sides have no phase in common, so nothing was compared.',
    wholeRunHint: 'Where nothing repeats in a capture, --whole-run takes each run as one step.',
    work: {
      ...{ attention: 'attention', matmul: 'matmul and convolution', elementwise: 'norm and elementwise' },
      ...{ communication: 'communication', movement: 'data movement', other: 'other', unmapped: 'unmapped' },
      ...{ step: 'whole step', idle: 'device idle', all: 'all ops' },
    },
    columns: {
      ...{ work: 'class', share: 'share', ratio: 'ratio', op: 'op', side: 'side', time: 'time', count: 'count' },
      ...{ check: 'check', status: 'status' },
    },
    checks: 'Other differences',
    severities: { same: 'same', unknown: 'unknown', warning: 'warning', 'not-comparable': 'not comparable' },
    unmappedOps: (phase) => `${phase}: unmapped ops`,
    contents: 'Contents',
  },
  zh: {
    title: '同一模型在两种设备上的对比',
    base: '基准',
    head: '当前',
    side: (runs, device, steps) =>
      device + steps === '' ? runs : `${runs}（${[device, steps].filter(Boolean).join('，')}）`,
    steps: (counts) => `step：${counts}`,
    phase: (phase, per) => `${phase}：每个 ${per} 的耗时`,
    unmappedShare: (base, head) => `类别未知的算子占全部算子时间的比例：基准 ${base}，当前 ${head}；清单见下文。`,
    ratioNote: '比值为当前 / 基准。算子时间按所有流累加，因此可能超过 step 的时长。',
    noPhase: '两侧没有共同的阶段，未作比较。',
    wholeRunHint: '如果采集中没有重复的 step，可用 --whole-run 把每次运行当作一个 step。',
    work: {
      ...{ attention: '注意力', matmul: '矩阵乘与卷积', elementwise: '归一化与逐元素' },
      ...{ communication: '通信', movement: '数据搬运', other: '其他', unmapped: '未归类' },
      ...{ step: '整个 step', idle: '设备空闲', all: '全部算子' },
    },
    columns: {
      ...{ work: '类别', share: '占比', ratio: '比值', op: '算子', side: '一侧', time: '耗时', count: '次数' },
      ...{ check: '检查', status: '状态' },
    },
    checks: '其他差异',
    severities: { same: '相同', unknown: '未知', warning: '警告', 'not-comparable': '不可比较' },
    unmappedOps: (phase) => `${phase}：未归类的算子`,
    contents: '目录',
  },
};
