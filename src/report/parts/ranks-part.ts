import { formatConfidence, formatCount, formatShortDuration } from '../format.ts';
import type { ReportDocument, ReportRanks, ReportRankStep } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceLabel, deviceValue } from './device-label.ts';
import { mostMedianLeast } from './most-median-least.ts';
import type { Block, Column, Part, PartOptions, Sentence, Table } from './part.ts';

const TIMES = ['startSkewNs', 'durNs', 'computeNs', 'exposedCommNs', 'waitNs', 'transferNs', 'idleNs'] as const;

const COLUMNS: readonly Column[] = [
  { id: 'device', kind: 'name' },
  { id: 'step', kind: 'name' },
  { id: 'startSkew', kind: 'duration' },
  { id: 'duration', kind: 'duration', drop: 1 },
  { id: 'compute', kind: 'duration' },
  { id: 'exposedComm', kind: 'duration', drop: 2 },
  { id: 'wait', kind: 'duration' },
  { id: 'transfer', kind: 'duration', drop: 3 },
  { id: 'idle', kind: 'duration' },
];

const COMPUTE = COLUMNS.findIndex(({ id }) => id === 'compute');

/** Whom else others waited for is chance. */
const SURE_ENOUGH = 0.1;

/** Who is slow, then the mean step of each rank, then links. */
export function ranksPart({ ranks }: ReportDocument, texts: ReportTexts, { fewer, devices }: PartOptions): Part {
  const title = texts.words.sections.ranks;
  if (ranks === null) return { section: 'ranks', title, blocks: [], main: undefined };
  const blocks: Block[] = sentencesOf(ranks, texts, fewer).map((sentence) => ({ sentence }));
  const means = meanRows(ranks.items, texts);
  const isLong = means.length > devices;
  const shown = isLong ? mostMedianLeast(means, (row) => Number(row[COMPUTE] ?? -1)) : means;
  blocks.push({ table: { columns: COLUMNS, rows: shown, shown: shown.length } });
  if (isLong) {
    const told = texts.sentences.someDevices(formatCount(means.length), texts.columns.compute);
    blocks.push({ sentence: [told], isQuiet: true });
  }
  if (ranks.slowLinks.length > 0) blocks.push({ table: linksTable(ranks, fewer) });
  const rows = ranks.items.map((item) => [deviceValue(item, texts), item.stepId, ...TIMES.map((time) => item[time])]);
  return { section: 'ranks', title, blocks, main: { columns: COLUMNS, rows, shown: rows.length } };
}

function sentencesOf({ alignment, items, slow }: ReportRanks, texts: ReportTexts, limit: number): Sentence[] {
  const { sentences, words } = texts;
  const { method, residualMedianNs, residualMaxNs } = alignment;
  const residual =
    residualMedianNs === null || residualMaxNs === null
      ? []
      : [sentences.residual(formatShortDuration(residualMedianNs), formatShortDuration(residualMaxNs))];
  const waitedFor = slow
    .filter(({ confidence }) => confidence >= SURE_ENOUGH)
    .slice(0, limit)
    .map((each): Sentence => {
      const [votes, collectives] = [each.votes, each.collectives].map(formatCount);
      const [lost, sure] = [formatShortDuration(each.lostNs), formatConfidence(each.confidence)];
      const why = words.slowReasons[each.reason];
      return [
        {
          prose: sentences.labelled(deviceLabel(each, texts), sentences.slowRank(votes, collectives, lost, why, sure)),
        },
      ];
    });
  const hasSeveralRuns = items.some(({ rank, capture }) => rank !== null && capture !== null);
  const runs = hasSeveralRuns ? [sentences.severalRuns] : [];
  return [...waitedFor, [sentences.alignment(words.alignments[method]), ...residual, ...runs]];
}

/** What is not known of some step is not known of the mean. */
function meanRows(items: readonly ReportRankStep[], texts: ReportTexts): Table['rows'] {
  const ofRank = new Map<string, ReportRankStep[]>();
  for (const item of items) {
    const label = deviceLabel(item, texts);
    ofRank.set(label, [...(ofRank.get(label) ?? []), item]);
  }
  const ordered = [...ofRank.values()].sort(([a], [b]) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0);
  return ordered.map((own) => {
    const mean = (time: (typeof TIMES)[number]): number | null => {
      const sum = own.reduce<number | null>((all, item) => {
        const ns = item[time];
        return all === null || ns === null ? null : all + ns;
      }, 0);
      return sum === null ? null : Math.round(sum / own.length);
    };
    return [
      deviceValue(own[0], texts),
      own.length === 1 ? own[0].stepId : texts.sentences.meanOf(formatCount(own.length)),
      ...TIMES.map(mean),
    ];
  });
}

function linksTable({ slowLinks }: ReportRanks, limit: number): Table {
  return {
    columns: [
      { id: 'link', kind: 'name' },
      { id: 'transport', kind: 'name' },
      { id: 'bandwidth', kind: 'rate' },
      { id: 'ofMedian', kind: 'ratio' },
    ],
    rows: slowLinks.map(({ group, fromRank, toRank, transport, bytesPerSecond, ratio }) => [
      `${fromRank ?? '?'} → ${toRank ?? '?'}${group === null ? '' : ` (${group})`}`,
      ...[transport, bytesPerSecond, ratio],
    ]),
    shown: limit,
  };
}
