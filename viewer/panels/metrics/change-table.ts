import type { Weighed } from '../../../src/analysis/compare/index.ts';
import { COMPARE_TEXTS } from '../../../src/locale/compare.ts';
import { comparedQuantity, percentChange } from '../../../src/report/compare/quantities.ts';
import { statusText } from '../../../src/report/compare/status-text.ts';
import type { Value } from '../../../src/report/parts/part.ts';
import { namesApart } from '../../run-names.ts';
import { TableView } from '../../widgets/table.ts';
import type { PanelContext } from '../panel.ts';
import { LabelGroups, withLabelColumns } from './label-columns.ts';

/** Base and head as the panel of comparisons has them. */
export function changeTable(
  changes: readonly Weighed[],
  other: number,
  { language, announce, run, runs }: PanelContext,
): HTMLElement {
  const said = COMPARE_TEXTS[language];
  const names = namesApart(runs.states.map(({ name }) => name));
  const groups = new LabelGroups(changes.map(({ measure }) => measure.labels ?? {}));
  const rows = changes.map(({ measure, base = null, head = null, status, whySame }): readonly Value[] => {
    const { metric, unit, labels = {}, ranges } = measure;
    const compared = { metric, unit, isMeasured: true };
    const ratio = base === null || head === null || base === 0 ? null : head / base - 1;
    return [
      ...[groups.ownText(labels), metric],
      measured(base, comparedQuantity(base, compared, said, ranges?.base)),
      measured(head, comparedQuantity(head, compared, said, ranges?.head)),
      ...[measured(ratio, percentChange(ratio)), statusText({ status, whySame, unit }, said)],
    ];
  });
  const title = (at: number, word: string): string => said.titled(word, names[at]);
  const columns = [
    { id: 'labels', title: said.labels, kind: 'name' },
    { id: 'metric', title: said.metric, kind: 'name' },
    { id: 'base', title: title(Math.min(run, other), said.base), kind: 'measured' },
    { id: 'head', title: title(Math.max(run, other), said.head), kind: 'measured' },
    { id: 'change', title: said.change, kind: 'measured' },
    { id: 'status', title: said.status, kind: 'text' },
  ] as const;
  const rowClass = (row: number): string =>
    ({ slower: 'is-worse', faster: 'is-better', new: '', gone: '', same: '' })[changes[row].status];
  const options = { caption: said.changes, isTitled: true, fileName: 'metric-changes', language, announce, rowClass };
  return new TableView({ data: withLabelColumns({ columns, rows }, groups), ...options }).element;
}

function measured(value: number | null, word: string): Value {
  return value === null ? null : { id: String(value), word };
}
