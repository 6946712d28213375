import { buildReport, type ReportDocument } from '../../report/index.ts';
import { reportParts } from '../../report/parts/report-parts.ts';
import { rowsFor } from '../../report/parts/rows-for.ts';
import { textsFor } from '../../report/texts.ts';
import { perRun } from './per-run.ts';
import { Recent } from './recent.ts';
import type { Answer, AnswerTo, Ask } from './protocol.ts';
import { analysisWith } from './device-bubbles.ts';
import type { ViewedRun } from './viewed-run.ts';

const MOST_KEPT = 32;

const documents = perRun(() => new Recent<Promise<ReportDocument>>(MOST_KEPT));

/** The same figures that `traceconv report` gives; documents are alike in all languages. */
export async function report(viewed: ViewedRun, ask: Ask<'report'>): Promise<AnswerTo<'report'>> {
  const { language, sections, by, limit, kind = 'device', leastNs } = ask;
  const document = await documents(viewed).get(JSON.stringify([sections, by, limit, kind, leastNs]), () =>
    buildReport(analysisWith(viewed, kind, leastNs), viewed.facts, { sections, by, limit, bubbleKind: kind }),
  );
  const parts = reportParts(document, textsFor(document, language), rowsFor('page', limit));
  return { json: { document, parts }, columns: {} } satisfies Answer;
}
