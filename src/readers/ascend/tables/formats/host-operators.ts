import { number, type TableSpec, text } from '../table-spec.ts';

/** operator_details: host operators of the framework. Shapes and call stacks go over many lines. */
export const hostOperators: TableSpec = {
  kind: 'host-operators',
  label: 'operator_details',
  marks: ['name', 'hostSelfNs', 'hostTotalNs', 'deviceTotalNs'],
  columns: [
    text('name', 'Name'),
    text('inputShapes', 'Input Shapes'),
    text('callStack', 'Call Stack'),
    number('hostSelfNs', 'Host Self Duration'),
    number('hostTotalNs', 'Host Total Duration'),
    number('deviceSelfNs', 'Device Self Duration'),
    number('deviceTotalNs', 'Device Total Duration'),
    number('deviceSelfWithAiCoreNs', 'Device Self Duration With AICore'),
    number('deviceTotalWithAiCoreNs', 'Device Total Duration With AICore'),
  ],
};
