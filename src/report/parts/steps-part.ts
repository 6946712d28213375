import { formatConfidence, formatCount } from '../format.ts';
import type { ReportDocument, ReportStep } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceValueIn } from './device-label.ts';
import type { Block, Column, Part, PartOptions, Table, Value } from './part.ts';
import { unseenGraphsNote } from './unseen-graphs.ts';

const COLUMNS: readonly Column[] = [
  { id: 'step', kind: 'name' },
  { id: 'device', kind: 'name' },
  { id: 'phase', kind: 'text' },
  { id: 'duration', kind: 'duration' },
  { id: 'compute', kind: 'duration', drop: 3 },
  { id: 'exposedComm', kind: 'duration', drop: 2 },
  { id: 'idle', kind: 'duration', drop: 2 },
  { id: 'bar', kind: 'stack', drop: 5 },
  { id: 'mark', kind: 'text', drop: 1 },
  { id: 'topOps', kind: 'names' },
];

/** All steps where they are few, else the slowest. */
export function stepsPart(document: ReportDocument, texts: ReportTexts, { fewer }: PartOptions): Part {
  const { sentences, words } = texts;
  const { items, cut, source, confidence } = document.steps;
  const deviceOf = deviceValueIn(document, texts);
  const hasPhases = items.some(({ phase }) => phase !== 'other');
  const isLong = items.length > fewer;
  const ordered = isLong ? items.toSorted((a, b) => b.durNs - a.durNs) : items;
  const table: Table = {
    columns: COLUMNS,
    rows: ordered.map((item) => rowOf(item, deviceOf(item), hasPhases, texts)),
    shown: fewer,
  };
  const told = sentences.stepsFrom(words.stepSources[source], formatConfidence(confidence));
  const chosen = isLong ? ` ${sentences.slowestSteps(formatCount(fewer), formatCount(items.length))}` : '';
  const blocks: Block[] =
    items.length === 0 ? [] : [{ sentence: [`${told}${chosen}`] }, ...unseenGraphsNote(document, texts), { table }];
  const cutIds = [...new Set(cut.map(({ id }) => id))];
  const cutBlocks: Block[] = cutIds.length === 0 ? [] : [{ sentence: [sentences.cutSteps(cutIds)] }];
  return { section: 'steps', title: words.sections.steps, blocks: [...cutBlocks, ...blocks], main: table };
}

function rowOf(item: ReportStep, device: Value, hasPhases: boolean, texts: ReportTexts): Table['rows'][number] {
  const { sentences, words } = texts;
  const { computeNs, exposedCommNs, deviceIdleNs, durNs } = item;
  const times = [computeNs, exposedCommNs, deviceIdleNs];
  const marks = [item.isFirst ? sentences.first : '', item.isOutlier ? sentences.outlier : ''];
  return [
    ...[item.id, device, { id: item.phase, word: hasPhases ? words.phases[item.phase] : '' }, durNs, ...times],
    times.map((ns) => (durNs === 0 ? 0 : ns / durNs)),
    marks.filter((mark) => mark !== '').join(' · '),
    item.topOps.map(({ key }) => key).join(', '),
  ];
}
