/** What changed from base to head, as tables: steps and what they consist of, ops, idle time by cause, and the rest. */
import { isMeasured, type RowStatus, type Weighed } from '../../../src/analysis/compare/index.ts';
import { labelsAsText } from '../../../src/analysis/run-metrics/index.ts';
import { BUBBLE_CAUSES } from '../../../src/analysis/bubbles/bubble.ts';
import { COMPARE_TEXTS } from '../../../src/locale/compare.ts';
import type { Language } from '../../../src/locale/index.ts';
import { formatCount } from '../../../src/report/format.ts';
import { comparedQuantity } from '../../../src/report/compare/quantities.ts';
import { statusText } from '../../../src/report/compare/status-text.ts';
import type { Value } from '../../../src/report/parts/part.ts';
import { element } from '../../widgets/element.ts';
import { TableView } from '../../widgets/table.ts';
import type { TableColumn } from '../../widgets/table-rows.ts';
import type { PanelContext } from '../panel.ts';
import type { PanelTexts } from '../panel-texts.ts';

export interface ChangeTexts extends PanelTexts {
  /** Of base and head. */
  readonly titles: readonly [string, string];
}

const NOT_SHOWN = ['op.count', 'op.unmatched', 'bubble.host-late'];
/** Of one step on each side they are all the same. */
const OF_SEVERAL = ['mean', 'p95', 'p99'];

export function changeTables(changes: readonly Weighed[], texts: ChangeTexts, context: PanelContext): HTMLElement[] {
  const { words, report } = texts;
  const of = (...kinds: readonly Weighed['measure']['kind'][]): Weighed[] =>
    changes.filter(
      ({ measure: { kind, metric, count } }) =>
        kinds.includes(kind) &&
        !NOT_SHOWN.includes(metric) &&
        (count.base + count.head > 2 || !OF_SEVERAL.includes(metric)),
    );
  const isTime = ({ measure: { unit } }: Weighed): boolean => unit === 'ns';
  const times = of('step', 'rank').filter(isTime);
  const bubbles = of('bubble');
  const others = of('step', 'rank', 'memory', 'metric').filter((change) => !isTime(change));
  const nameOf = (change: Weighed): string => measureName(change, texts);
  return [
    ...section(words.times, times, (caption) => timeTable(times, caption, nameOf, texts, context).element),
    ...section(
      report.sections.bubbles,
      bubbles,
      (caption) => timeTable(mostFirst(bubbles), caption, nameOf, texts, context).element,
    ),
    ...section(words.otherFigures, others, (caption) => otherTable(others, caption, nameOf, texts, context)),
  ];
}

/** What costs most more comes first. */
export function mostFirst(changes: readonly Weighed[]): Weighed[] {
  return [...changes].sort((a, b) => differenceOf(b) - differenceOf(a));
}

export function opTable(
  ops: readonly Weighed[],
  filter: string,
  texts: ChangeTexts,
  context: PanelContext,
  onOpen: (row: number) => void,
): TableView {
  const caption = texts.words.allOps;
  return timeTable(ops, caption, (change) => measureName(change, texts), texts, context, { filter, onOpen });
}

function section(
  title: string,
  changes: readonly Weighed[],
  table: (caption: string) => HTMLElement,
): readonly HTMLElement[] {
  return changes.length === 0 ? [] : [element('h3', '', title), table(title)];
}

/** Of an op that one side lacks, nothing is known there. */
const differenceOf = ({ base = 0, head = 0 }: Weighed): number => head - base;

function timeTable(
  changes: readonly Weighed[],
  caption: string,
  nameOf: (change: Weighed) => string,
  texts: ChangeTexts,
  { language, announce, store }: PanelContext,
  ops?: { readonly filter: string; readonly onOpen: (row: number) => void },
): TableView {
  const rows = changes.map((change): readonly Value[] => {
    const { base = null, head = null } = change;
    const ratio = base === null || head === null || base === 0 ? null : (head - base) / base;
    return [nameOf(change), base, head, differenceOf(change), ratio, statusWord(change, language)];
  });
  const columns: TableColumn[] = [
    ops === undefined ? what(language) : { id: 'op', title: texts.columns.op, kind: 'name' },
    ...texts.titles.map((title, at) => ({ id: ['base', 'head'][at], title, kind: 'duration' as const })),
    { id: 'difference', title: texts.columns.difference, kind: 'duration', isSigned: true },
    { id: 'change', title: '%', kind: 'ratio', isSigned: true },
    { id: 'status', title: texts.words.change, kind: 'text' },
  ];
  return new TableView({
    data: { columns, rows },
    ...{ caption: `${caption}, ${formatCount(rows.length)}`, fileName: 'compare', language, announce },
    rowClass: (row) => CLASSES[changes[row].status],
    ...(ops === undefined
      ? {}
      : { ...ops, onFilter: (opFilter: string) => store.set({ opFilter }, 'replace'), sort: MOST_FIRST }),
  });
}

/** By the difference. */
const MOST_FIRST = { column: 3, isDescending: true } as const;

const CLASSES: Readonly<Record<RowStatus, string>> = {
  slower: 'is-worse',
  new: 'is-worse',
  faster: 'is-better',
  gone: 'is-better',
  same: '',
};

/** In a word, so that neither a colour nor a sign has to say it. */
function statusWord({ status, whySame, measure: { unit } }: Weighed, language: Language): string {
  return statusText({ status, whySame, unit }, COMPARE_TEXTS[language]);
}

/** Each in a unit of its own. */
function otherTable(
  changes: readonly Weighed[],
  caption: string,
  nameOf: (change: Weighed) => string,
  texts: ChangeTexts,
  { language, announce }: PanelContext,
): HTMLElement {
  const rows = changes.map((change): readonly Value[] => {
    const { measure, base, head } = change;
    const { kind, metric, unit, ranges } = measure;
    const compared = { metric, unit, isMeasured: kind === 'metric' };
    const [one, other] = [
      comparedQuantity(base ?? null, compared, COMPARE_TEXTS[language], ranges?.base),
      comparedQuantity(head ?? null, compared, COMPARE_TEXTS[language], ranges?.head),
    ];
    return [nameOf(change), one, other, statusWord(change, language)];
  });
  const columns: TableColumn[] = [
    what(language),
    ...texts.titles.map((title, at) => ({ id: ['base', 'head'][at], title, kind: 'text' as const })),
    { id: 'status', title: texts.words.change, kind: 'text' },
  ];
  const rowClass = (row: number): string => CLASSES[changes[row].status];
  return new TableView({ data: { columns, rows }, caption, fileName: 'compare', language, announce, rowClass }).element;
}

const what = (language: Language): TableColumn => ({ id: 'what', title: COMPARE_TEXTS[language].what, kind: 'name' });

function measureName({ measure: { metric, op, kind, labels } }: Weighed, { words, report }: PanelTexts): string {
  if (op !== undefined) {
    const { type, name, shapes } = op;
    const plain = name === '' || name === type ? type : type === '' ? name : `${type} ${name}`;
    return `${plain || words.otherOps}${shapes === '' ? '' : ` (${shapes})`}`;
  }
  if (kind === 'bubble') {
    const cause = BUBBLE_CAUSES.find((each) => metric === `bubble.${each}`);
    return cause === undefined ? words.all : report.causes[cause];
  }
  if (labels !== undefined && isMeasured({ labels })) return `${metric} ${labelsAsText(labels).replaceAll(',', ', ')}`;
  const known: Readonly<Partial<Record<string, string>>> = words.comparedFigures;
  return known[metric] ?? metric;
}
