import { type RunSummary, summarise } from '../../analysis/compare/index.ts';
import { lazily, perRun } from './per-run.ts';
import type { AnswerTo, Ask } from './protocol.ts';
import type { ViewedRun } from './viewed-run.ts';

/** [of its steps, of the run as one step] */
const summaries = perRun(({ analysis, facts: { diagnostics, inputs } }: ViewedRun) =>
  lazily((isWhole): RunSummary => {
    const losses = diagnostics.list().filter(({ severity }) => severity === 'data_loss');
    const dataLoss = Object.fromEntries(losses.map(({ kind, count }) => [kind, count]));
    const toolVersions = inputs.map(({ toolVersion }) => toolVersion);
    return summarise(analysis, { dataLoss, toolVersions, wholeRun: isWhole === 1 });
  }),
);

export function summary(viewed: ViewedRun, { wholeRun }: Ask<'summary'>): AnswerTo<'summary'> {
  return { json: summaries(viewed)(Number(wholeRun)), columns: {} };
}
