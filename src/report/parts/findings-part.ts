import { formatShare, formatShortDuration } from '../format.ts';
import type { ReportDocument, ReportFinding } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import type { Block, Part, PartOptions, Sentence, Table } from './part.ts';

/** Each with what is at stake, what it rests on, how to confirm it and where to look. */
export function findingsPart(document: ReportDocument, texts: ReportTexts, { limit }: PartOptions): Part {
  const { findings, totals } = document;
  const { words, sentences } = texts;
  const windowNs = totals.reduce((sum, each) => sum + each.windowNs, 0);
  const main: Table = {
    columns: [
      { id: 'what', kind: 'name' },
      { id: 'stake', kind: 'duration' },
      { id: 'confidence', kind: 'ratio' },
    ],
    rows: findings.map(({ rule, stakeNs, confidence }) => [rule, stakeNs, confidence]),
    shown: limit,
  };
  const blocks = findings.slice(0, limit).flatMap((finding, index) => blocksOf(finding, index, windowNs, texts));
  const none: Block[] = [{ sentence: [sentences.noFindings], isQuiet: true }];
  return { section: 'findings', title: words.sections.findings, blocks: blocks.length === 0 ? none : blocks, main };
}

function blocksOf(finding: ReportFinding, index: number, windowNs: number, texts: ReportTexts): Block[] {
  const { sentences, findings } = texts;
  const { rule, stakeNs, confidence, evidence, window } = finding;
  const known = findings[rule];
  const share = windowNs === 0 ? '' : formatShare(stakeNs / windowNs);
  const stake = `${sentences.stake(formatShortDuration(stakeNs), share)}, ${sentences.sure(formatShare(confidence))}`;
  const facts = Object.entries(evidence).flatMap(([key, value], at): Sentence => [
    at === 0 ? '   ' : ' · ',
    { name: `${key.replace(/Ns$/, '')} ${evidenceText(key, value)}` },
  ]);
  const confirm = known === undefined ? [] : [`   ${sentences.confirm}: ${known.confirm}`];
  const zoom = window === null ? [] : [`   ${sentences.zoom}: --range ${window.startNs}ns..${window.endNs}ns`];
  const lines: Sentence[] = [facts, confirm, zoom].filter((line) => line.length > 0);
  return [
    { sentence: [`${index + 1}. `, known === undefined ? { name: rule } : known.title, ` (${stake})`] },
    ...lines.map((sentence) => ({ sentence, isQuiet: true })),
  ];
}

/** Figures have their unit in their name. */
function evidenceText(key: string, value: number | string | readonly string[] | null): string {
  if (value === null) return '';
  if (typeof value !== 'number') return typeof value === 'string' ? value : value.join(', ');
  if (key.endsWith('Ns')) return formatShortDuration(value);
  if (/(share|ratio)$/i.test(key)) return formatShare(value);
  return Number.isInteger(value) ? value.toLocaleString('en-US') : value.toPrecision(3);
}
