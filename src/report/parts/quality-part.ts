import { DIAGNOSTIC_KINDS, type DiagnosticKind } from '../../base/index.ts';
import { formatCount, formatShortDuration } from '../format.ts';
import type { ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import type { Block, Part, Table } from './part.ts';
import { unseenGraphsNote } from './unseen-graphs.ts';

/** The worst first. */
const SEVERITIES = ['data_loss', 'warning', 'info'] as const;

export function qualityPart(document: ReportDocument, texts: ReportTexts): Part {
  const { sentences, words } = texts;
  const { diagnostics, unmatchedOps, skewNs } = document.dataQuality;
  const counts = Object.entries(diagnostics) as [DiagnosticKind, number][];
  const worstFirst = SEVERITIES.flatMap((severity) =>
    counts.filter(([kind]) => DIAGNOSTIC_KINDS[kind][0] === severity),
  );
  const main: Table = {
    columns: [
      { id: 'diagnostic', kind: 'text' },
      { id: 'count', kind: 'count' },
    ],
    rows: worstFirst.map(([kind, count]) => [{ id: kind, word: texts.diagnostics[kind] }, count]),
    shown: worstFirst.length,
  };
  const lines = [
    counts.length === 0 ? sentences.nothingLost : undefined,
    (unmatchedOps ?? 0) > 0 ? sentences.unmatchedOps(formatCount(unmatchedOps ?? 0)) : undefined,
    skewNs === null || skewNs === 0 ? undefined : sentences.skew(formatShortDuration(Math.abs(skewNs))),
  ].flatMap((line): Block[] => (line === undefined ? [] : [{ sentence: [line] }]));
  const blocks = [...lines, ...unseenGraphsNote(document, texts), ...(counts.length === 0 ? [] : [{ table: main }])];
  return { section: 'quality', title: words.sections.quality, blocks, main };
}
