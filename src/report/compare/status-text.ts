import type { RowStatus, WhySame } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';

interface Changed {
  readonly status: RowStatus;
  readonly whySame?: WhySame | null | undefined;
  readonly unit: string;
}

/** What became of a row, in a word: memory gets worse, not slower, and what nobody judges did not stay the same. */
export function statusText({ status, whySame, unit }: Changed, { statuses, whySame: why }: CompareTexts): string {
  const isSpeed = unit === 'ns' || unit === '1/s';
  switch (status) {
    case 'same':
      return why[whySame ?? 'equal'];
    case 'slower':
      return isSpeed ? statuses.slower : statuses.worse;
    case 'faster':
      return isSpeed ? statuses.faster : statuses.better;
    case 'new':
    case 'gone':
      return statuses[status];
  }
}
