/** What the panel of metrics asks for: what was measured in a run, and before and after where two are open. */
import { changesOf, isMeasured, type RunSummary, type Weighed } from '../../../src/analysis/compare/index.ts';
import { labelsAsText } from '../../../src/analysis/run-metrics/index.ts';
import type { ReportDocument } from '../../../src/report/index.ts';
import type { ViewState } from '../../state.ts';
import type { PanelContext } from '../panel.ts';

export interface OtherRun {
  readonly run: number;
  readonly document: ReportDocument;
  readonly changes: readonly Weighed[];
}

export interface Measurements {
  readonly document: ReportDocument;
  readonly other: OtherRun | undefined;
}

/** The one that the panel of comparisons takes, too. */
export function otherRun({ runs, run }: PanelContext, { compared }: ViewState): number | undefined {
  const others = runs.states.flatMap(({ state }, at) => (at !== run && state === 'ready' ? [at] : []));
  return others.find((each) => each === compared) ?? others.at(0);
}

export async function askMeasurements(
  { api, run, language }: PanelContext,
  other: number | undefined,
  signal: AbortSignal,
): Promise<Measurements> {
  const report = async (of: number): Promise<ReportDocument> =>
    (await api.ask(of, 'report', { language, sections: ['metrics'] }, signal)).json.document;
  const document = await report(run);
  if (other === undefined) return { document, other: undefined };
  const pair = [Math.min(run, other), Math.max(run, other)];
  const summary = async (of: number): Promise<RunSummary> =>
    (await api.ask(of, 'summary', { wholeRun: false }, signal)).json;
  const [base, head] = await Promise.all(pair.map(summary));
  const measured = changesOf(base, head, 'type').filter(({ measure }) => isMeasured(measure));
  const isLone = ({ status }: Weighed): boolean => status === 'new' || status === 'gone';
  const changes = [...measured.filter((each) => !isLone(each)), ...measured.filter(isLone)];
  return { document, other: { run: other, document: await report(other), changes } };
}

/** What was measured under these labels alone, in both runs. */
export function onlyUnder(labels: string, { document, other }: Measurements): Measurements {
  const isWanted = (each: { readonly labels?: Readonly<Record<string, string>> | undefined }): boolean =>
    labelsAsText(each.labels ?? {}) === labels;
  const only = (of: ReportDocument): ReportDocument => ({
    ...of,
    metrics: of.metrics.filter(isWanted),
    distributions: of.distributions.filter(isWanted),
    latencies: of.latencies.filter(isWanted),
  });
  return {
    document: only(document),
    other: other && {
      ...other,
      document: only(other.document),
      changes: other.changes.filter(({ measure }) => isWanted(measure)),
    },
  };
}
