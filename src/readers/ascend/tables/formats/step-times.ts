import { DEVICE, number, type TableSpec, text } from '../table-spec.ts';

/**
 * step_trace_time (torch_npu) in 9, 10 or 11 columns, and cluster_step_trace_time (msprof-analyze), where `type` says
 * whether `index` is a rank or the ranks of a pipeline stage. All in us, which no name says.
 */
export const stepTimes: TableSpec = {
  kind: 'step-times',
  label: 'step_trace_time or cluster_step_trace_time',
  marks: ['step', 'computingNs', 'exposedCommunicationNs', 'freeNs'],
  columns: [
    DEVICE,
    text('step', 'Step'),
    text('type', 'Type'),
    text('index', 'Index'),
    number('computingNs', 'Computing'),
    number('exposedCommunicationNs', 'Communication(Not Overlapped)'),
    number('overlappedNs', 'Overlapped'),
    number('communicationNs', 'Communication'),
    number('freeNs', 'Free'),
    number('stageNs', 'Stage'),
    number('bubbleNs', 'Bubble'),
    number('exposedCommunicationWithoutReceiveNs', 'Communication(Not Overlapped and Exclude Receive)'),
    number('preparingNs', 'Preparing'),
  ],
};
