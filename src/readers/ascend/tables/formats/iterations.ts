import { DEVICE, number, type TableSpec, text, time } from '../table-spec.ts';

/**
 * step_trace: iterations of a graph. As many pairs of Reduce columns of equal names as the longest row has: reduceStart,
 * reduceDurationNs, reduceStart2, reduceDurationNs2, ...
 */
export const iterations: TableSpec = {
  kind: 'iterations',
  label: 'step_trace',
  marks: ['iteration', 'iterationEnd', 'iterationNs'],
  columns: [
    DEVICE,
    number('iteration', 'Iteration ID'),
    time('forwardStart', 'FP Start'),
    time('backwardEnd', 'BP End'),
    time('iterationEnd', 'Iteration End'),
    number('iterationNs', 'Iteration Time'),
    number('forwardToBackwardNs', 'FP to BP Time'),
    number('refreshNs', 'Iteration Refresh'),
    number('dataWaitNs', 'Data Aug Bound'),
    text('modelId', 'Model ID'),
    time('reduceStart', 'Reduce Start'),
    number('reduceDurationNs', 'Reduce Duration'),
  ],
};
