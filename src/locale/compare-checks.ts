/** What the checks of comparability are called, and what a side says of each. */
import { diagnosticsInChinese } from './diagnostics-zh.ts';
import type { Localised } from './index.ts';
import { reportWords } from './report-words.ts';

type Check =
  | 'device'
  | 'chip'
  | 'world'
  | 'tp'
  | 'pp'
  | 'devices'
  | 'steps'
  | 'phase-mix'
  | 'model'
  | 'data-loss'
  | 'shapes'
  | 'step-count'
  | 'step-source'
  | 'toolkit'
  | 'labels'
  | 'metrics'
  | 'units'
  | 'repeats'
  | 'failed-requests';

/** Of what makes runs comparable. */
export interface CheckWords {
  name(check: Check): string;
  stepSource(source: string): string;
  readonly none: string;
  readonly trace: string;
  readonly 'no-trace': string;
  readonly noLabels: string;
  lost(kind: string, count: number): string;
  failed(failed: string, all: string): string;
  unit(metric: string, unit: string): string;
  common(count: number): string;
  onlyHere(groups: readonly string[], more: number): string;
  measures(families: readonly string[], more: number): string;
  unlike(metrics: readonly string[], more: number): string;
}

const NAMES_IN_CHINESE: Readonly<Record<Check, string>> = {
  device: '设备',
  chip: '芯片',
  world: '总卡数',
  tp: '张量并行',
  pp: '流水并行',
  devices: '采集的设备数',
  steps: '迭代',
  'phase-mix': '阶段占比',
  model: '模型',
  'data-loss': '数据丢失',
  shapes: '形状',
  'step-count': '迭代数',
  'step-source': '迭代识别依据',
  toolkit: '软件版本',
  labels: '标签',
  metrics: '指标',
  units: '单位',
  repeats: '重复测量',
  'failed-requests': '失败的请求',
};

/** `--allow` takes checks by their ids, so these stand beside the words. */
export const compareChecks: Localised<CheckWords> = {
  en: {
    stepSource: (source) => source,
    name: (check) => check,
    ...{ none: 'none', trace: 'trace', 'no-trace': 'no trace', noLabels: 'no labels' },
    lost: (kind, count) => `${kind} ${count}`,
    failed: (failed, all) => `${failed} of ${all} failed`,
    unit: (metric, unit) => `${metric} in ${unit}`,
    common: (count) => `${count} common`,
    onlyHere: (groups, more) => `only here: ${groups.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    measures: (families, more) => `has only ${families.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    unlike: (metrics, more) => `far apart: ${metrics.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  },
  zh: {
    stepSource: (source) => wordFor(source, { ...reportWords.zh.stepSources, 'whole-run': '整个运行' }),
    name: (check) => `${NAMES_IN_CHINESE[check]}（${check}）`,
    ...{ none: '无', trace: '有 trace', 'no-trace': '无 trace', noLabels: '无标签' },
    lost: (kind, count) => `${wordFor(kind, diagnosticsInChinese)}（${count} 次）`,
    failed: (failed, all) => `${all} 个请求中 ${failed} 个失败`,
    unit: (metric, unit) => `${metric} 的单位为 ${unit}`,
    common: (count) => `${count} 组相同`,
    onlyHere: (groups, more) => `仅此侧有：${groups.join('；')}${more > 0 ? `；另有 ${more} 组` : ''}`,
    measures: (families, more) => `只有 ${families.join('、')}${more > 0 ? ` 等，另有 ${more} 项` : ''}`,
    unlike: (metrics, more) => `相差过大：${metrics.join('、')}${more > 0 ? ` 等，另有 ${more} 项` : ''}`,
  },
};

/** Baselines of later versions know more kinds. */
function wordFor(id: string, words: Readonly<Record<string, string>>): string {
  return Object.hasOwn(words, id) ? words[id] : id;
}
