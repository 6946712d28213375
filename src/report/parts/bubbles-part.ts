import { BUBBLE_CAUSES } from '../../analysis/index.ts';
import { formatCount, formatShortDuration } from '../format.ts';
import type { ReportBubbles, ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceLabel } from './device-label.ts';
import type { Block, Part, PartOptions, Table } from './part.ts';

/** By cause, then by cause and the ops around, then the longest one by one. */
export function bubblesPart({ bubbles }: ReportDocument, texts: ReportTexts, { limit }: PartOptions): Part {
  const title = texts.words.sections.bubbles;
  if (bubbles === null) return { section: 'bubbles', title, blocks: [], main: undefined };
  const main = groupsTable(bubbles, texts, limit);
  const blocks: Block[] = [{ sentence: [summary(bubbles, texts)] }];
  if (bubbles.count > 0) {
    blocks.push({ table: causesTable(bubbles, texts) }, { table: main });
    blocks.push({ table: longestTable(bubbles, texts, limit) });
  }
  return { section: 'bubbles', title, blocks, main };
}

function summary(bubbles: ReportBubbles, { sentences, words }: ReportTexts): string {
  const { kind, totalNs, belowThresholdNs, belowThresholdCount, thresholdNs, count } = bubbles;
  const [total, below, listed] = [totalNs, belowThresholdNs, totalNs - belowThresholdNs].map(formatShortDuration);
  const above = sentences.bubbles(
    words.idleOf[kind],
    total,
    formatCount(count),
    formatShortDuration(thresholdNs),
    listed,
  );
  return belowThresholdCount === 0
    ? above
    : `${above}; ${sentences.belowThreshold(formatCount(belowThresholdCount), below)}`;
}

function causesTable({ groups, totalNs }: ReportBubbles, { words }: ReportTexts): Table {
  const causes = BUBBLE_CAUSES.map((cause) => {
    const own = groups.filter((group) => group.cause === cause);
    const sum = (of: (group: (typeof groups)[number]) => number): number =>
      own.reduce((all, group) => all + of(group), 0);
    return { cause, count: sum(({ count }) => count), lostNs: sum((group) => group.totalNs) };
  }).filter(({ count }) => count > 0);
  causes.sort((a, b) => b.lostNs - a.lostNs);
  return {
    columns: [
      { id: 'cause', kind: 'text' },
      { id: 'count', kind: 'count' },
      { id: 'total', kind: 'duration' },
      { id: 'ofIdle', kind: 'ratio' },
      { id: 'bar', kind: 'bar' },
    ],
    rows: causes.map(({ cause, count, lostNs }) => {
      const share = totalNs === 0 ? 0 : lostNs / totalNs;
      return [{ id: cause, word: words.causes[cause] }, count, lostNs, share, share];
    }),
    shown: causes.length,
  };
}

function groupsTable({ groups, totalNs }: ReportBubbles, { words }: ReportTexts, limit: number): Table {
  return {
    columns: [
      { id: 'total', kind: 'duration' },
      { id: 'ofIdle', kind: 'ratio' },
      { id: 'count', kind: 'count' },
      { id: 'cause', kind: 'text' },
      { id: 'before', kind: 'name' },
      { id: 'after', kind: 'name' },
    ],
    rows: groups.map((group) => [
      ...[
        group.totalNs,
        totalNs === 0 ? 0 : group.totalNs / totalNs,
        group.count,
        { id: group.cause, word: words.causes[group.cause] },
      ],
      ...[group.before ?? words.edge, group.after ?? words.edge],
    ]),
    shown: limit,
  };
}

function longestTable({ items }: ReportBubbles, texts: ReportTexts, limit: number): Table {
  const { words } = texts;
  return {
    columns: [
      { id: 'at', kind: 'time' },
      { id: 'duration', kind: 'duration' },
      { id: 'device', kind: 'name', drop: 1 },
      { id: 'stream', kind: 'name' },
      { id: 'step', kind: 'name' },
      { id: 'cause', kind: 'text' },
      { id: 'confidence', kind: 'ratio', drop: 2 },
      { id: 'before', kind: 'name' },
      { id: 'after', kind: 'name' },
    ],
    rows: items.map((item) => [
      ...[
        item.startNs,
        item.durNs,
        deviceLabel(item, texts),
        item.stream,
        item.stepId,
        { id: item.cause, word: words.causes[item.cause] },
      ],
      ...[item.confidence, item.before ?? words.edge, item.after ?? words.edge],
    ]),
    shown: limit,
  };
}
