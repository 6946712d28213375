import { COMPARE_TEXTS, type CompareTexts } from './compare.ts';
import type { Localised } from './index.ts';

type Change = 'new' | 'gone' | 'more' | 'fewer' | 'same';

/** What people read of operators and calls of the host in two runs. Numbers come in as text, with their units. */
export interface HostOpsTexts {
  readonly title: string;
  /** What every comparison says. */
  readonly compare: CompareTexts;
  readonly changes: Readonly<Record<Change, string>>;
  per(per: 'step' | 'run'): string;
  readonly none: string;
  more(count: string): string;
  readonly table: string;
  readonly columns: Readonly<Record<'op' | 'change' | 'count' | 'time' | 'difference', string>>;
}

export const HOST_OPS_TEXTS: Localised<HostOpsTexts> = {
  en: {
    title: 'Operators and calls of the host',
    compare: COMPARE_TEXTS.en,
    changes: { new: 'new', gone: 'gone', more: 'more often', fewer: 'less often', same: 'as often' },
    per: (per) =>
      per === 'step'
        ? 'Counts and times are per step of a rank. What is nested in an operator is part of its time, too.'
        : 'Counts and times are those of whole runs, as not all of them mark steps. What is nested in an operator is part of its time, too.',
    none: 'Neither side has operators or calls of the host.',
    more: (count) => `${count} more are left out here; the HTML and JSON reports have all.`,
    table: 'By what changed',
    columns: { op: 'operator or call', change: 'occurs', count: 'count', time: 'time', difference: 'difference' },
  },
  zh: {
    title: 'Host 侧算子与调用的对比',
    compare: COMPARE_TEXTS.zh,
    changes: { new: '新增', gone: '消失', more: '次数增加', fewer: '次数减少', same: '次数不变' },
    per: (per) =>
      per === 'step'
        ? '次数与耗时均为每卡每次迭代的平均值。算子的耗时包含其内部嵌套的调用。'
        : '并非所有运行都标记了迭代，因此次数与耗时为整次运行的值。算子的耗时包含其内部嵌套的调用。',
    none: '两侧都没有 Host 侧的算子或调用。',
    more: (count) => `另有 ${count} 项未列出；HTML 与 JSON 报告中有全部内容。`,
    table: '按变化排列',
    columns: { op: '算子或调用', change: '变化', count: '次数', time: '耗时', difference: '差值' },
  },
};
