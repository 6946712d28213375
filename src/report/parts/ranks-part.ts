import { formatShare, formatShortDuration } from '../format.ts';
import type { ReportDocument, ReportRanks } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import type { Block, Part, PartOptions, Table } from './part.ts';

export function ranksPart({ ranks }: ReportDocument, texts: ReportTexts, { limit }: PartOptions): Part {
  const title = texts.words.sections.ranks;
  if (ranks === null) return { section: 'ranks', title, blocks: [], main: undefined };
  const main = stepsTable(ranks, limit);
  const blocks: Block[] = sentencesOf(ranks, texts).map((sentence) => ({ sentence: [sentence] }));
  if (ranks.steps.length > 0) blocks.push({ table: main });
  if (ranks.slowLinks.length > 0) blocks.push({ table: linksTable(ranks, limit) });
  return { section: 'ranks', title, blocks, main };
}

function sentencesOf({ alignment, slowRank }: ReportRanks, { sentences, words }: ReportTexts): string[] {
  const lines: string[] = [];
  if (slowRank !== null) lines.push(sentences.slowRank(String(slowRank.rank), formatShare(slowRank.share)));
  if (alignment === null) return lines;
  const { method, residualMedianNs, residualMaxNs } = alignment;
  const residual =
    residualMedianNs === null || residualMaxNs === null
      ? []
      : [sentences.residual(formatShortDuration(residualMedianNs), formatShortDuration(residualMaxNs))];
  return [...lines, [sentences.alignment(words.alignments[method]), ...residual].join(' ')];
}

function stepsTable({ steps }: ReportRanks, limit: number): Table {
  return {
    columns: [
      { id: 'step', kind: 'name' },
      { id: 'startSkew', kind: 'duration' },
      { id: 'computeSkew', kind: 'duration' },
      { id: 'waitSkew', kind: 'duration' },
      { id: 'slowRank', kind: 'count' },
    ],
    rows: steps.map(({ stepId, startSkewNs, computeSkewNs, waitSkewNs, slowRank }) => [
      ...[stepId, startSkewNs, computeSkewNs, waitSkewNs, slowRank],
    ]),
    shown: limit,
  };
}

function linksTable({ slowLinks }: ReportRanks, limit: number): Table {
  return {
    columns: [
      { id: 'link', kind: 'text' },
      { id: 'transport', kind: 'name' },
      { id: 'bandwidth', kind: 'rate' },
      { id: 'ofMedian', kind: 'ratio' },
    ],
    rows: slowLinks.map(({ fromRank, toRank, transport, bytesPerSecond, ratio }) => [
      ...[`${fromRank} → ${toRank}`, transport, bytesPerSecond, ratio],
    ]),
    shown: limit,
  };
}
