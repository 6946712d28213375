/** What was run, in tables: a column for each label that is not the same everywhere. */
import { commonLabels, labelsAsText, labelsWithout, sortedLabels } from '../../../src/analysis/run-metrics/index.ts';
import { labelled } from '../../../src/report/parts/metrics-part.ts';
import type { TableData } from '../../widgets/table-rows.ts';

export type Labels = Readonly<Record<string, string>>;

/** Sets of labels, and what they do not have in common. */
export class LabelGroups {
  readonly all: readonly Labels[];
  readonly common: Labels;

  constructor(labels: readonly Labels[]) {
    this.all = [...new Map(labels.map((each) => [labelsAsText(each), each])).values()];
    this.common = commonLabels(this.all);
  }

  own(labels: Labels): Labels {
    return labelsWithout(labels, (name) => Object.hasOwn(this.common, name));
  }

  /** `batch=4, prefill=128`, without what all have. */
  ownText(labels: Labels): string {
    return labelled(this.own(labels));
  }

  labelsOf(ownText: string): Labels | undefined {
    return this.all.find((labels) => this.ownText(labels) === ownText);
  }
}

/** With more of them, figures would be out of sight. */
const MOST_COLUMNS = 6;

/** Where the labels of a row stand; `before`: before each title. */
export function withLabelColumns({ columns, rows }: TableData, groups: LabelGroups, before = ''): TableData {
  const place = columns.findIndex(({ id }) => id === 'labels');
  const names = [...new Set(groups.all.flatMap((labels) => sortedLabels(groups.own(labels)).map(([name]) => name)))];
  if (place < 0 || names.length === 0 || names.length > MOST_COLUMNS) return { columns, rows };
  const own = new Map(groups.all.map((labels) => [groups.ownText(labels), labels]));
  return {
    columns: columns.toSpliced(
      place,
      1,
      ...names.map((name) => ({
        id: name,
        title: before === '' ? name : `${before} ${name}`,
        kind: 'name' as const,
        isBroken: true,
      })),
    ),
    rows: rows.map((row) => {
      const labels = own.get(String(row[place])) ?? {};
      return row.toSpliced(place, 1, ...names.map((name) => (Object.hasOwn(labels, name) ? labels[name] : null)));
    }),
  };
}
