/** Numbers of a whole run as somebody measured them: by labels, with their errors and what lies behind them. */
export { type Distribution, quantileOf } from './distributions.ts';
export type { MetricFigure } from './figures.ts';
export { commonLabels, compareLabels, labelsAsText, labelsWithout, sortedLabels, valueOf } from './labels.ts';
export { areUnlikeRepeats } from './repeats.ts';
export { type RunMetrics, runMetrics } from './run-metrics.ts';
