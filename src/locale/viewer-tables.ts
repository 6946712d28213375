/** What tables of the viewer say around their rows. */
import type { Localised } from './index.ts';

export interface TableWords {
  readonly filter: string;
  readonly open: string;
  /** Of a column of bars, for those who do not see them. */
  readonly shareBar: string;
  readonly sorted: (column: string, isDescending: boolean) => string;
  readonly rowCount: (count: string) => string;
  readonly rowsOf: (shown: string, count: string) => string;
  readonly showMore: string;
  readonly saveCsv: string;
  readonly nothingFits: string;
}

export const viewerTables: Localised<TableWords> = {
  en: {
    filter: 'Filter by name',
    open: 'Show',
    shareBar: 'bar',
    sorted: (column, isDescending) => `Sorted by ${column}, ${isDescending ? 'descending' : 'ascending'}`,
    rowCount: (count) => `${count} row${count === '1' ? '' : 's'}`,
    rowsOf: (shown, count) => `${shown} of ${count} rows`,
    showMore: 'Show more',
    saveCsv: 'Save as CSV',
    nothingFits: 'No row fits the filter.',
  },
  zh: {
    filter: '按名称筛选',
    open: '查看',
    shareBar: '条形',
    sorted: (column, isDescending) => `按${column}${isDescending ? '降序' : '升序'}排列`,
    rowCount: (count) => `${count} 行`,
    rowsOf: (shown, count) => `${shown} / ${count} 行`,
    showMore: '显示更多',
    saveCsv: '保存为 CSV',
    nothingFits: '没有符合筛选条件的行。',
  },
};
