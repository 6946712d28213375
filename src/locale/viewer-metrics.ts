/** What the viewer says of numbers that were measured beside traces. */
import type { Localised } from './index.ts';

export interface MetricPanelWords {
  /** Before the choice of what was run. */
  readonly measurement: string;
  allMeasurements(count: string): string;
  onlyFirstLines(shown: string, count: string): string;
  /** On the timeline, where nothing else is. */
  counterFacts(count: string): string;
  readonly whatWasMeasured: string;
  readonly allMetrics: string;
  readonly keyMetric: string;
  readonly better: Readonly<Record<'lower-is-better' | 'higher-is-better' | 'neither', string>>;
  readonly betterIs: string;
  readonly bestOf: string;
  readonly bestAt: string;
  readonly worstOf: string;
}

export const viewerMetrics: Localised<MetricPanelWords> = {
  en: {
    measurement: 'Measurement',
    allMeasurements: (count) => `all ${count}`,
    onlyFirstLines: (shown, count) =>
      `The first ${shown} of ${count} measurements are drawn. Choose one to see its distributions.`,
    counterFacts: (count) => `${count} counters on the timeline`,
    whatWasMeasured: 'What was measured',
    allMetrics: 'All metrics',
    keyMetric: 'metric',
    better: { 'lower-is-better': 'lower', 'higher-is-better': 'higher', neither: '' },
    betterIs: 'better',
    bestOf: 'best',
    bestAt: 'best with',
    worstOf: 'worst',
  },
  zh: {
    measurement: '测量',
    allMeasurements: (count) => `全部 ${count} 项`,
    onlyFirstLines: (shown, count) => `共 ${count} 项测量，只绘制前 ${shown} 项。选择其中一项可查看其分布。`,
    counterFacts: (count) => `时间线上有 ${count} 个计数器`,
    whatWasMeasured: '测量结果',
    allMetrics: '全部指标',
    keyMetric: '指标',
    better: { 'lower-is-better': '越低越好', 'higher-is-better': '越高越好', neither: '' },
    betterIs: '方向',
    bestOf: '最好',
    bestAt: '最好时的参数',
    worstOf: '最差',
  },
};
