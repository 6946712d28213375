import { formatConfidence, formatShare, formatShortDuration } from '../format.ts';
import type { ReportDocument, ReportFinding } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { findingText } from '../finding-text.ts';
import type { Block, Part, PartOptions, Sentence, Table } from './part.ts';

const INDENT = '   ';

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
  const { sentences } = texts;
  const { stakeNs, confidence, window } = finding;
  const { title, explanation, confirm, advice } = findingText(finding, texts.language);
  const share = formatShare(windowNs === 0 ? 0 : stakeNs / windowNs);
  const stake = sentences.stake(formatShortDuration(stakeNs), share, formatConfidence(confidence));
  const more = [
    [sentences.confirm, confirm],
    [sentences.advice, advice],
  ].flatMap(([what, text]): Sentence[] => (text === undefined ? [] : [[INDENT, sentences.labelled(what ?? '', text)]]));
  if (window !== null) {
    more.push([
      INDENT,
      sentences.labelled(sentences.zoom, ''),
      { name: `--range ${window.startNs}ns..${window.endNs}ns` },
    ]);
  }
  return [
    { sentence: [`${index + 1}. `, { prose: title }, stake] },
    { sentence: [INDENT, { prose: explanation }] },
    ...more.map((sentence) => ({ sentence, isQuiet: true })),
  ];
}
