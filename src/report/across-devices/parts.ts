import type { AcrossDevices, DeviceSide, PhaseAcross } from '../../analysis/across-devices/index.ts';
import type { AcrossTexts } from '../../locale/across-devices.ts';
import { percent, quantity } from '../compare/quantities.ts';

/** What is said and shown, whatever the form: sentences, then tables of texts. */
export interface AcrossParts {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly tables: readonly AcrossTable[];
}

export interface AcrossTable {
  readonly id: string;
  readonly title: string;
  readonly titles: readonly string[];
  /** Columns from here on are numbers. */
  readonly firstNumber: number;
  readonly rows: readonly (readonly string[])[];
}

/** `mostUnmapped`: how many ops of each side are listed. */
export function acrossParts(compared: AcrossDevices, texts: AcrossTexts, mostUnmapped: number): AcrossParts {
  const { base, head, phases, checks } = compared;
  const notable = checks.filter(({ severity }) => severity === 'warning' || severity === 'not-comparable');
  return {
    title: texts.title,
    sentences: [
      `${texts.base}: ${sideLine(base, 'base', phases, texts)}`,
      `${texts.head}: ${sideLine(head, 'head', phases, texts)}`,
      ...phases.map((phase) => `${phase.phase}: ${texts.unmappedShare(...unmappedShares(phase))}`),
      ...(phases.length > 0 ? [texts.ratioNote] : [texts.noPhase, texts.wholeRunHint]),
    ],
    tables: [
      ...phases.map((phase) => phaseTable(phase, texts)),
      {
        ...{ id: 'checks', title: texts.checks, firstNumber: 4 },
        titles: [texts.columns.check, texts.columns.status, texts.base, texts.head],
        rows: notable.map(({ check, severity, base: one, head: other }) => [
          ...[check, texts.severities[severity], one ?? '-', other ?? '-'],
        ]),
      },
      ...phases.map((phase) => unmappedTable(phase, texts, mostUnmapped)),
    ].filter(({ rows }) => rows.length > 0),
  };
}

function sideLine(
  { runs, device, chip }: DeviceSide,
  side: 'base' | 'head',
  phases: readonly PhaseAcross[],
  texts: AcrossTexts,
): string {
  const counts = phases.map(({ phase, stepCount }) => `${phase} ${stepCount[side]}`).join(', ');
  const known = [device, chip].filter((each) => each !== null).join(' ');
  return texts.side(runs.join(', '), known, counts === '' ? '' : texts.steps(counts));
}

function unmappedShares({ classes }: PhaseAcross): [base: string, head: string] {
  const share = classes.find((row) => row.class === 'unmapped')?.share;
  return [percent(share?.base ?? null), percent(share?.head ?? null)];
}

function phaseTable({ phase, per, classes, work, step, idle }: PhaseAcross, texts: AcrossTexts): AcrossTable {
  const { columns } = texts;
  const time = (ns: number): string => quantity(ns, 'ns');
  const ratio = (value: number | null): string => (value === null ? '' : `${value.toFixed(2)}x`);
  const whole = [['all', work] as const, ['step', step] as const, ['idle', idle] as const];
  return {
    ...{ id: phase, title: texts.phase(phase, per), firstNumber: 1 },
    titles: [columns.work, texts.base, columns.share, texts.head, columns.share, columns.ratio],
    rows: [
      ...classes.map(({ class: name, base, head, share, ratio: of }) => [
        ...[texts.work[name], time(base), percent(share.base), time(head), percent(share.head), ratio(of)],
      ]),
      ...whole.map(([name, row]) => [texts.work[name], time(row.base), '', time(row.head), '', ratio(row.ratio)]),
    ],
  };
}

function unmappedTable({ phase, unmapped }: PhaseAcross, texts: AcrossTexts, most: number): AcrossTable {
  const { columns } = texts;
  const sides = ['base', 'head'] as const;
  return {
    ...{ id: `${phase}-unmapped`, title: texts.unmappedOps(phase), firstNumber: 2 },
    titles: [columns.side, columns.op, columns.time, columns.count],
    rows: sides.flatMap((side) =>
      unmapped[side]
        .slice(0, most)
        .map(({ op, perStepNs, countPerStep }) => [
          ...[texts[side], op, quantity(perStepNs, 'ns'), quantity(countPerStep, 'count')],
        ]),
    ),
  };
}
