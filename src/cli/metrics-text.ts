import { grouped } from '../base/index.ts';
import { formatCount, formatCounted } from '../report/format.ts';
import { styled, visible } from '../report/text/style.ts';
import { formatTable } from '../report/text/table.ts';
import { cut } from '../report/text/width.ts';
import { type Labels, labelsText, type Metric, metricsOf, type Run } from '../timeline/index.ts';

const GROUPS_SHOWN = 16;
/** A server counts dozens of things; --json prints all. */
const MOST_CELLS_OF_FAMILIES = 80;

/** All numbers that benchmarks and servers gave of a run. */
export function metricsOfRun({ shards }: Run): Metric[] {
  return shards.flatMap(({ timeline }) => timeline.tables.flatMap(metricsOf));
}

/** What was measured, how often and of what: a line for equal labels. */
export function describeMetrics(metrics: readonly Metric[]): string[] {
  if (metrics.length === 0) return [];
  const groups = grouped(metrics, ({ labels }) => labelsText(labels));
  const rows = groups.slice(0, GROUPS_SHOWN).map((group) => {
    const byId = grouped(group, ({ id }) => id);
    const families = new Set(byId.map(([{ id }]) => id.split('.')[0]));
    const times = byId.reduce((most, { length }) => Math.max(most, length), 0);
    return [
      times,
      byId.length,
      cut(visible([...families].join(', ')), MOST_CELLS_OF_FAMILIES),
      visible(labelWords(group[0].labels)),
    ];
  });
  const [titles, ...body] = formatTable(['times', 'metrics', 'of', 'labels'], rows);
  const rest = groups.length - rows.length;
  return [
    `${styled('measured', 'bold')} ${formatCounted(metrics.length, 'metric')}`,
    styled(titles, 'bold'),
    ...body,
    ...(rest > 0 ? [`and ${formatCount(rest)} more`] : []),
  ];
}

function labelWords(labels: Labels): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label} ${value}`)
    .join(', ');
}
