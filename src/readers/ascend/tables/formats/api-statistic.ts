import { DEVICE, number, type TableSpec, text } from '../table-spec.ts';

/** api_statistic: calls of CANN by level (acl, node, communication, runtime, model) and name. The variance is in ns². */
export const apiStatistic: TableSpec = {
  kind: 'api-statistic',
  label: 'api_statistic',
  marks: ['level', 'apiName', 'totalNs', 'count'],
  nameColumn: 'apiName',
  columns: [
    DEVICE,
    text('level', 'Level'),
    text('apiName', 'API Name'),
    number('totalNs', 'Time'),
    number('count', 'Count'),
    number('meanNs', 'Avg'),
    number('minNs', 'Min'),
    number('maxNs', 'Max'),
    number('variance', 'Variance', { factor: 1e6 }),
  ],
};
