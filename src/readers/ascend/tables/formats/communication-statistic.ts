import { DEVICE, number, type TableSpec, text } from '../table-spec.ts';

/** communication_statistic: totals by type of collective. */
export const communicationStatistic: TableSpec = {
  kind: 'communication-statistic',
  label: 'communication_statistic',
  marks: ['opType', 'count', 'totalNs', 'sharePercent'],
  without: ['coreType'],
  nameColumn: 'opType',
  columns: [
    DEVICE,
    text('opType', 'OP Type'),
    text('coreType', 'Core Type'),
    number('count', 'Count'),
    number('totalNs', 'Total Time'),
    number('minNs', ['Min Time', 'Min']),
    number('meanNs', ['Avg Time', 'Avg']),
    number('maxNs', ['Max Time', 'Max']),
    number('sharePercent', 'Ratio'),
  ],
};
