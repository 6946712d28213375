import { DEVICE, number, type TableSpec, text } from '../table-spec.ts';

/** op_statistic: totals by type of op and core, without communication. Graph mode adds the model. */
export const opStatistic: TableSpec = {
  kind: 'op-statistic',
  label: 'op_statistic',
  marks: ['opType', 'coreType', 'count', 'totalNs', 'sharePercent'],
  nameColumn: 'opType',
  columns: [
    DEVICE,
    text('modelName', 'Model Name'),
    text('opType', 'OP Type'),
    text('coreType', 'Core Type'),
    number('count', 'Count'),
    number('totalNs', 'Total Time'),
    number('minNs', 'Min Time'),
    number('meanNs', 'Avg Time'),
    number('maxNs', 'Max Time'),
    number('sharePercent', 'Ratio'),
  ],
};
