import { formatShortDuration } from '../format.ts';
import type { ReportCriticalPath, ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceLabel, deviceValue } from './device-label.ts';
import type { Block, Part, PartOptions, Table } from './part.ts';

/** A smaller share of a step says nothing about it. */
const WORTH_TELLING = 0.01;

/** Which ops would shorten a step, and by how much at most. */
export function criticalPathPart({ criticalPath }: ReportDocument, texts: ReportTexts, { fewer }: PartOptions): Part {
  const { sentences, words } = texts;
  const blocks = criticalPath.flatMap((path) => {
    const at = deviceLabel(path, texts);
    const sentence = [{ prose: sentences.criticalStep(path.stepId, at, formatShortDuration(path.durNs)) }];
    return [
      { sentence },
      { table: kindsOf(path, texts) },
      { table: tableOf([path], texts, false, fewer) },
      ...hostOf(path, texts, fewer),
    ];
  });
  const main = tableOf(criticalPath, texts, true, fewer);
  return { section: 'critical-path', title: words.sections['critical-path'], blocks, main };
}

function kindsOf({ kinds, durNs }: ReportCriticalPath, { words }: ReportTexts): Table {
  const share = (ns: number): number => (durNs === 0 ? 0 : ns / durNs);
  return {
    columns: [
      { id: 'what', kind: 'text' },
      { id: 'onPath', kind: 'duration' },
      { id: 'ofMeanStep', kind: 'ratio' },
      { id: 'bar', kind: 'bar' },
    ],
    rows: kinds.map(({ kind, onPathNs }) => [words.pathKinds[kind], onPathNs, share(onPathNs), share(onPathNs)]),
    shown: kinds.length,
  };
}

/** Nothing where the host takes less than 1 % of the step. */
function hostOf({ host, durNs }: ReportCriticalPath, { words }: ReportTexts, limit: number): Block[] {
  const all = host.reduce((sum, { onPathNs }) => sum + onPathNs, 0);
  if (all < durNs * WORTH_TELLING) return [];
  const nothing = { id: 'none', word: words.nothingRecorded };
  const columns = [
    { id: 'onHost', kind: 'name' },
    { id: 'count', kind: 'count' },
    { id: 'onPath', kind: 'duration' },
    { id: 'ofMeanStep', kind: 'ratio' },
  ] as const;
  const rows = host.map(({ name, count, onPathNs }) => [name ?? nothing, count, onPathNs, onPathNs / durNs]);
  return [{ table: { columns, rows, shown: limit } }];
}

function tableOf(paths: readonly ReportCriticalPath[], texts: ReportTexts, withStep: boolean, limit: number): Table {
  return {
    columns: [
      ...(withStep
        ? ([
            { id: 'step', kind: 'name' },
            { id: 'device', kind: 'name' },
          ] as const)
        : []),
      { id: 'op', kind: 'name' },
      { id: 'count', kind: 'count' },
      { id: 'onPath', kind: 'duration' },
      { id: 'stake', kind: 'duration' },
    ],
    rows: paths.flatMap((path) =>
      path.ops.map(({ key, count, onPathNs, stakeNs }) => [
        ...(withStep ? [path.stepId, deviceValue(path, texts)] : []),
        ...[key, count, onPathNs, stakeNs],
      ]),
    ),
    shown: limit,
  };
}
