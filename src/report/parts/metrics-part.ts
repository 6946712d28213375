import { grouped } from '../../base/index.ts';
import { areUnlikeRepeats, commonLabels, labelsAsText, labelsWithout } from '../../analysis/run-metrics/index.ts';
import { type Labels, labelsText, metricFamily } from '../../timeline/index.ts';
import type { ReportColumn } from '../../locale/report-columns.ts';
import type { ReportDocument } from '../document/report-document.ts';
import type { ReportLatency, ReportMetric } from '../document/report-metrics.ts';
import { formatCount, formatShortDuration } from '../format.ts';
import { metricName, metricText } from '../metric-text.ts';
import type { ReportTexts } from '../texts.ts';
import type { Block, Column, Part, PartOptions, Sentence, Table, Term, Value } from './part.ts';

/** What it says rests on no more than this. */
export type MetricsOf = Pick<ReportDocument, 'metrics' | 'metricsLeftOut' | 'latencies' | 'bubbles' | 'steps'>;
export type MetricTexts = Pick<ReportTexts, 'metrics' | 'words'>;

/** More groups than this are rows of one table; fewer have tables of their own. */
const GROUPS_APART = 3;

/** What was measured, by what was run; and beside the steps of the trace, where there is one. */
export function metricsPart(document: MetricsOf, texts: MetricTexts, { limit }: Pick<PartOptions, 'limit'>): Part {
  const { metrics, metricsLeftOut } = document;
  const common = commonLabels(metrics.map(({ labels }) => labels));
  const groups = grouped(metrics, ({ labels }) => labelsText(labels));
  const usual = groups.filter((group) => groups.length <= GROUPS_APART || group.some(isUsual));
  const others = groups.filter((group) => !usual.includes(group));
  const nameOf = (labels: Labels): string => labelled(labelsWithout(labels, (name) => Object.hasOwn(common, name)));
  const repeats = Math.max(0, ...metrics.map((each) => each.repeats));
  const said = labelled(common);
  const blocks: Block[] = [
    ...(said === '' ? [] : [{ sentence: [texts.metrics.common, { name: said }], isQuiet: true }]),
    ...(usual.length > GROUPS_APART
      ? [{ table: sideBySide(usual, nameOf, texts, limit) }]
      : usual.flatMap((group) => apart(group, nameOf(group[0].labels), texts))),
    ...(others.length > 0 ? [{ table: namedTable(others, nameOf, texts, limit) }] : []),
    ...(repeats > 1 ? [{ sentence: [texts.metrics.repeats(formatCount(repeats))], isQuiet: true }] : []),
    ...(metrics.some(isUnlike) ? [{ sentence: [texts.metrics.unlikeRepeats] }] : []),
    ...(metricsLeftOut > 0 ? [{ sentence: [texts.metrics.notNumbers(formatCount(metricsLeftOut))] }] : []),
    ...besideSteps(document, nameOf, texts, limit),
  ];
  return { section: 'metrics', title: texts.words.sections.metrics, blocks, main: longTable(metrics) };
}

function isUnlike({ id, unit, value, error, repeats }: ReportMetric): boolean {
  return repeats > 1 && areUnlikeRepeats({ id, unit }, value, error * Math.sqrt(repeats));
}

/** `model=Qwen, batch=4` */
export function labelled(labels: Labels): string {
  return labelsAsText(labels).replaceAll(',', ', ');
}

const STATISTICS = ['mean', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

/** A row for each family of many values, and a row for each single number. */
function apart(metrics: readonly ReportMetric[], name: string, texts: MetricTexts): Block[] {
  const isStatistic = ({ id }: ReportMetric): boolean => metricFamily(id) !== id;
  const families = grouped(metrics.filter(isStatistic), ({ id }) => metricFamily(id));
  const statistics: Table = {
    columns: [
      { id: 'metric', kind: 'text' },
      ...STATISTICS.map((id): Column => ({
        id,
        kind: 'measured',
        ...(id === 'p90' || id === 'max' ? { drop: 1 } : {}),
      })),
    ],
    rows: families.map((some) => [
      nameOrId(some[0], texts),
      ...STATISTICS.map((statistic) => {
        const found = some.find(({ id }) => id === `${metricFamily(id)}.${statistic}`);
        return found === undefined ? null : measured(found, texts);
      }),
    ]),
    shown: families.length,
  };
  const others = metrics.filter((each) => !isStatistic(each));
  const singles: Table = {
    columns: [
      { id: 'metric', kind: 'name' },
      { id: 'value', kind: 'measured' },
    ],
    rows: others.map((each) => [nameOrId(each, texts), measured(each, texts)]),
    shown: others.length,
  };
  return [
    ...(name === '' ? [] : [{ sentence: [{ name }] }]),
    ...[statistics, singles].flatMap((table) => (table.rows.length === 0 ? [] : [{ table }])),
  ];
}

/** As people read it, and the number itself for who sorts it. */
function measured(metric: ReportMetric, { metrics }: MetricTexts): Term {
  return { id: String(metric.value), word: metricText(metric, metrics) };
}

function nameOrId({ id }: ReportMetric, { metrics }: MetricTexts): string {
  return metricName(id, metrics) ?? id;
}

/** With the order in which they make room for the names of the groups. */
const SIDE_BY_SIDE: readonly (readonly [id: string, column: ReportColumn, drop: number])[] = [
  ['ttft.mean', 'ttftMean', 0],
  ['ttft.p99', 'ttftP99', 1],
  ['tpot.mean', 'tpotMean', 0],
  ['tpot.p99', 'tpotP99', 2],
  ['itl.p99', 'itlP99', 4],
  ['e2el.mean', 'e2elMean', 3],
  ['latency.mean', 'latencyMean', 0],
  ['req_s', 'requestRate', 3],
  ['output_tok_s', 'outputRate', 0],
  ['total_tok_s', 'totalRate', 5],
];

/** Whether it is in the table of all groups; what a server counts besides has labels of its own. */
function isUsual({ id }: ReportMetric): boolean {
  return SIDE_BY_SIDE.some(([each]) => each === id);
}

function sideBySide(
  groups: readonly (readonly ReportMetric[])[],
  nameOf: (labels: Labels) => string,
  texts: MetricTexts,
  limit: number,
): Table {
  const rows = groups.map((group): Value[] => [
    nameOf(group[0].labels),
    ...SIDE_BY_SIDE.map(([wanted]) => {
      const found = group.find(({ id }) => id === wanted);
      return found === undefined ? null : measured(found, texts);
    }),
  ]);
  const columns = SIDE_BY_SIDE.map(([, id, drop]): Column => ({ id, kind: 'measured', ...(drop > 0 ? { drop } : {}) }));
  return { columns: [{ id: 'labels', kind: 'name' }, ...columns], rows, shown: limit };
}

/** Of numbers that only their file knows. */
function namedTable(
  groups: readonly (readonly ReportMetric[])[],
  nameOf: (labels: Labels) => string,
  texts: MetricTexts,
  limit: number,
): Table {
  return {
    columns: [
      { id: 'labels', kind: 'name' },
      { id: 'metric', kind: 'name' },
      { id: 'value', kind: 'measured' },
    ],
    rows: groups.flat().map((each) => [nameOf(each.labels), nameOrId(each, texts), measured(each, texts)]),
    shown: limit,
  };
}

/** All of it for machines. */
function longTable(metrics: readonly ReportMetric[]): Table {
  return {
    columns: [
      { id: 'labels', kind: 'name' },
      { id: 'metric', kind: 'name' },
      ...(['value', 'low', 'high', 'error'] as const).map((id): Column => ({ id, kind: 'decimal' })),
      { id: 'unit', kind: 'text' },
      { id: 'repeats', kind: 'count' },
      { id: 'count', kind: 'count' },
    ],
    rows: metrics.map(({ labels, id, value, low, high, error, unit, repeats, count }) => [
      ...[labelsAsText(labels), id, value, low, high, error, unit, repeats, count],
    ]),
    shown: metrics.length,
  };
}

const OPS_NAMED = 3;

function besideSteps(
  document: MetricsOf,
  nameOf: (labels: Labels) => string,
  texts: MetricTexts,
  limit: number,
): Block[] {
  const { latencies, bubbles } = document;
  if (latencies.length === 0) return [];
  const table = latencyTable(latencies, nameOf, texts, limit);
  const causes = [...new Set((bubbles?.groups ?? []).map(({ cause }) => texts.words.causes[cause]))];
  return [
    { sentence: [texts.metrics.besideSteps] },
    { table },
    ...[...new Set(latencies.map(({ phase }) => phase))].flatMap((phase) => opsOf(document, phase, texts)),
    ...(causes.length === 0
      ? []
      : [{ sentence: [texts.metrics.idleCauses(causes.slice(0, OPS_NAMED).join(', '))], isQuiet: true }]),
    { sentence: [texts.metrics.aboutRest], isQuiet: true },
  ];
}

export function latencyTable(
  latencies: readonly ReportLatency[],
  nameOf: (labels: Labels) => string,
  texts: MetricTexts,
  limit: number,
): Table {
  return {
    columns: [
      { id: 'labels', kind: 'name' },
      { id: 'metric', kind: 'text' },
      { id: 'measured', kind: 'duration' },
      { id: 'meanStep', kind: 'duration' },
      { id: 'rest', kind: 'duration' },
      { id: 'compute', kind: 'duration', drop: 1 },
      { id: 'exposedComm', kind: 'duration', drop: 1 },
      { id: 'idle', kind: 'duration', drop: 1 },
    ],
    rows: latencies.map((each) => [
      ...[nameOf(each.labels), `${texts.metrics.names[each.family]} · ${texts.words.phases[each.phase]}`],
      ...[each.measuredNs, each.stepNs, each.restNs, each.computeNs, each.exposedCommNs, each.deviceIdleNs],
    ]),
    shown: limit,
  };
}

function opsOf({ steps }: MetricsOf, phase: ReportLatency['phase'], texts: MetricTexts): Block[] {
  const ops = steps.byPhase[phase]?.ops.slice(0, OPS_NAMED) ?? [];
  if (ops.length === 0) return [];
  const named = ops.flatMap(({ key, nsPerStep }, at): Sentence[number][] => [
    ...(at > 0 ? [', '] : []),
    { name: key },
    ` ${formatShortDuration(nsPerStep)}`,
  ]);
  return [{ sentence: [texts.metrics.topOps(texts.words.phases[phase]), ...named, '.'], isQuiet: true }];
}
