import { formatConfidence, formatCount, formatShare, formatShortDuration } from '../format.ts';
import type { ReportDocument, ReportFinding } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { findingText } from '../finding-text.ts';
import type { Block, FindingBlock, Part, PartOptions, Table } from './part.ts';

/** Each with what is at stake, what it rests on, how to confirm it and where to look. */
export function findingsPart(document: ReportDocument, texts: ReportTexts, { fewer }: PartOptions): Part {
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
    shown: fewer,
  };
  const shown = findings.slice(0, fewer);
  const blocks = shown.map((each, index): Block => ({ finding: blockOf(each, index + 1, windowNs, texts) }));
  const rest = findings.length - shown.length;
  if (rest > 0) blocks.push({ sentence: [sentences.more(formatCount(rest))], isQuiet: true });
  if (findings.length === 0) blocks.push({ sentence: [sentences.noFindings], isQuiet: true });
  return { section: 'findings', title: words.sections.findings, blocks, main };
}

function blockOf(finding: ReportFinding, number: number, windowNs: number, texts: ReportTexts): FindingBlock {
  const { sentences } = texts;
  const { stakeNs, confidence, window } = finding;
  const { title, explanation, confirm, advice } = findingText(finding, texts.language);
  const share = formatShare(windowNs === 0 ? 0 : stakeNs / windowNs);
  const notes = [
    { label: sentences.confirm, note: confirm },
    { label: sentences.advice, note: advice },
  ].flatMap(({ label, note }) => (note === undefined ? [] : [{ label, note }]));
  return {
    number,
    title: { prose: title },
    stake: sentences.stake(formatShortDuration(stakeNs), share, formatConfidence(confidence)),
    explanation: { prose: explanation },
    notes,
    place: window === null ? undefined : { label: sentences.zoom, option: rangeOption(window) },
  };
}

/** Whole microseconds around it: short enough to be copied by hand. */
function rangeOption({ startNs, endNs }: { readonly startNs: number; readonly endNs: number }): string {
  return `--range ${Math.floor(startNs / 1000)}us..${Math.ceil(endNs / 1000)}us`;
}
