import { BUBBLE_CAUSES } from '../../analysis/index.ts';
import { formatChosenDuration, formatCount, formatShortDuration } from '../format.ts';
import type { DeviceName, ReportBubbles, ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceValueIn } from './device-label.ts';
import type { Block, Part, PartOptions, Table, Term, Value } from './part.ts';
import { unseenGraphsNote } from './unseen-graphs.ts';

/** By cause, then by cause and the ops around, then the longest one by one. */
export function bubblesPart(document: ReportDocument, texts: ReportTexts, { fewer }: PartOptions): Part {
  const { bubbles } = document;
  const title = texts.words.sections.bubbles;
  if (bubbles === null) return { section: 'bubbles', title, blocks: [], main: undefined };
  const main = groupsTable(bubbles, texts, fewer);
  const blocks: Block[] = [{ sentence: [summary(bubbles, texts)] }, ...unseenGraphsNote(document, texts)];
  if (bubbles.count > 0) {
    const causes = causesTable(bubbles, texts);
    blocks.push({ table: causes });
    if (isMostlyUnknown(bubbles)) blocks.push({ sentence: [texts.sentences.causesUnknown], isQuiet: true });
    blocks.push({ table: main }, { table: longestTable(bubbles, texts, fewer, deviceValueIn(document, texts)) });
  }
  return { section: 'bubbles', title, blocks, main };
}

function isMostlyUnknown({ groups }: ReportBubbles): boolean {
  const lost = (some: ReportBubbles['groups']): number => some.reduce((sum, { totalNs }) => sum + totalNs, 0);
  return lost(groups.filter(({ cause }) => cause === 'unknown')) > 0.9 * lost(groups);
}

function summary(bubbles: ReportBubbles, { sentences, words }: ReportTexts): string {
  const { kind, totalNs, belowThresholdNs, belowThresholdCount, thresholdNs, count } = bubbles;
  const [total, below, listed] = [totalNs, belowThresholdNs, totalNs - belowThresholdNs].map(formatShortDuration);
  if (totalNs === 0) return sentences.noIdle(words.idleOf[kind]);
  const whole = `${words.idleOf[kind]} ${total}`;
  const threshold = formatChosenDuration(thresholdNs);
  return sentences.bubbles(whole, formatCount(count), threshold, listed, formatCount(belowThresholdCount), below);
}

/** An end of the window, where no op stands. */
function edge(words: ReportTexts['words']): Term {
  return { id: '', word: words.edge };
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
      ...[group.before ?? edge(words), group.after ?? edge(words)],
    ]),
    shown: limit,
  };
}

function longestTable(
  { items }: ReportBubbles,
  { words }: ReportTexts,
  limit: number,
  deviceOf: (name: DeviceName) => Value,
): Table {
  return {
    columns: [
      { id: 'at', kind: 'time' },
      { id: 'duration', kind: 'duration' },
      { id: 'device', kind: 'name' },
      { id: 'stream', kind: 'name' },
      { id: 'step', kind: 'name', drop: 1 },
      { id: 'cause', kind: 'text' },
      { id: 'confidence', kind: 'ratio', drop: 2 },
      { id: 'before', kind: 'name' },
      { id: 'after', kind: 'name' },
    ],
    rows: items.map((item) => [
      ...[
        item.startNs,
        item.durNs,
        deviceOf(item),
        item.stream,
        item.stepId,
        { id: item.cause, word: words.causes[item.cause] },
      ],
      ...[item.cause === 'unknown' ? null : item.confidence, item.before ?? edge(words), item.after ?? edge(words)],
    ]),
    shown: Math.ceil(limit / 2),
  };
}
