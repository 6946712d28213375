import { COMPARE_TEXTS, type CompareTexts } from './compare.ts';
import type { Localised } from './index.ts';

type Work = 'attention' | 'matmul' | 'elementwise' | 'communication' | 'movement' | 'other' | 'unmapped';

/** What people read of one model on two vendors' devices. Numbers come in as text, with their units. */
export interface AcrossTexts {
  readonly title: string;
  /** What every comparison says. */
  readonly compare: CompareTexts;
  /** How many steps of each phase. */
  steps(counts: string): string;
  phase(phase: string, per: 'token' | 'step'): string;
  readonly noneUnmapped: string;
  unmappedShare(base: string, head: string): string;
  readonly ratioNote: string;
  readonly noPhase: string;
  /** Which side has no ops of a device. */
  noOps(base: boolean, head: boolean): string;
  readonly work: Readonly<Record<Work | 'step' | 'idle' | 'all', string>>;
  readonly columns: Readonly<Record<'work' | 'share' | 'ratio' | 'op' | 'side' | 'time' | 'count', string>>;
  readonly checks: string;
  unmappedOps(phase: string): string;
}

export const ACROSS_TEXTS: Localised<AcrossTexts> = {
  en: {
    title: 'One model on two devices',
    compare: COMPARE_TEXTS.en,
    steps: (counts) => `steps: ${counts}`,
    phase: (phase, per) => `${phase}: time per ${per}`,
    noneUnmapped: 'The class of every op is known.',
    unmappedShare: (base, head) =>
      `Ops of unknown class have ${base} of the time of all ops in the base and ${head} in the head; they are listed below.`,
    ratioNote: 'Ratios are head / base. Times of ops are summed over streams, so they may be longer than a step.',
    noPhase: 'The two sides have no phase in common, so nothing was compared.',
    noOps: (base, head) =>
      `${base && head ? 'Neither side has' : `The ${base ? 'base' : 'head'} has no`} ops of a device, and --across-devices compares nothing else. Give it traces; results of benchmarks are compared without --across-devices.`,
    work: {
      ...{ attention: 'attention', matmul: 'matmul and convolution', elementwise: 'norm and elementwise' },
      ...{ communication: 'communication', movement: 'data movement', other: 'other', unmapped: 'unmapped' },
      ...{ step: 'whole step', idle: 'device idle', all: 'all ops' },
    },
    columns: {
      ...{ work: 'class', share: 'share', ratio: 'ratio', op: 'op', side: 'side', time: 'time', count: 'count' },
    },
    checks: 'Other differences',
    unmappedOps: (phase) => `${phase}: unmapped ops`,
  },
  zh: {
    title: '同一模型在两种设备上的对比',
    compare: COMPARE_TEXTS.zh,
    steps: (counts) => `迭代次数：${counts}`,
    phase: (phase, per) => `${phase}：每${per === 'token' ? '个 token' : '次迭代'}的耗时`,
    noneUnmapped: '所有算子的类别均已知。',
    unmappedShare: (base, head) => `类别未知的算子占全部算子时间的比例：基准 ${base}，当前 ${head}；清单见下文。`,
    ratioNote: '比值为当前 / 基准。算子时间按所有流累加，因此可能超过一次迭代的时长。',
    noPhase: '两侧没有共同的阶段，未作比较。',
    noOps: (base, head) =>
      `${base && head ? '两侧都' : base ? '基准侧' : '当前侧'}没有设备算子，而 --across-devices 只比较设备算子。请提供 trace；benchmark 结果请去掉 --across-devices 再比较。`,
    work: {
      ...{ attention: '注意力', matmul: '矩阵乘与卷积', elementwise: '归一化与逐元素' },
      ...{ communication: '通信', movement: '数据搬运', other: '其他', unmapped: '未归类' },
      ...{ step: '整次迭代', idle: '设备空闲', all: '全部算子' },
    },
    columns: {
      ...{ work: '类别', share: '占比', ratio: '比值', op: '算子', side: '一侧', time: '耗时', count: '次数' },
    },
    checks: '其他差异',
    unmappedOps: (phase) => `${phase}：未归类的算子`,
  },
};
