import type { AcrossDevices, DeviceSide, PhaseAcross } from '../../analysis/across-devices/index.ts';
import type { AcrossTexts } from '../../locale/across-devices.ts';
import { sideFacts } from '../compare/check-text.ts';
import { percent, quantity } from '../compare/quantities.ts';
import type { PlainPage, PlainTable } from '../plain-page/plain-page.ts';

/** `mostUnmapped`: how many ops of each side are listed. */
export function acrossParts(compared: AcrossDevices, texts: AcrossTexts, mostUnmapped: number): PlainPage {
  const { base, head, phases, checks } = compared;
  const { compare } = texts;
  const lines = { base: sideLine(base, 'base', phases, texts), head: sideLine(head, 'head', phases, texts) };
  const notable = checks.filter(({ severity }) => severity === 'warning' || severity === 'not-comparable');
  return {
    title: texts.title,
    sentences: [
      compare.titled(compare.base, lines.base),
      compare.titled(compare.head, lines.head),
      ...phases.map((phase) => unmappedLine(phase, texts)),
      ...(phases.length > 0 ? [texts.ratioNote] : whyNothing(compared, texts)),
    ],
    tables: [
      ...phases.map((phase) => phaseTable(phase, texts)),
      {
        ...{ id: 'checks', title: texts.checks, firstNumber: 4 },
        titles: [compare.check, compare.status, compare.base, compare.head],
        rows: notable.map(({ check, severity, base: one, head: other }) => [
          ...[compare.checks.name(check), compare.severities[severity]],
          ...[sideFacts(one, compare), sideFacts(other, compare)],
        ]),
      },
      ...phases.map((phase) => unmappedTable(phase, texts, mostUnmapped)),
    ].filter(({ rows }) => rows.length > 0),
  };
}

/** Without ops on a side there is nothing to be told by steps. */
function whyNothing({ base, head }: AcrossDevices, texts: AcrossTexts): string[] {
  if (base.hasOps && head.hasOps) return [texts.noPhase, texts.compare.wholeRunHint];
  return [texts.noOps(!base.hasOps, !head.hasOps)];
}

function sideLine(
  { runs, device, chip }: DeviceSide,
  side: 'base' | 'head',
  phases: readonly PhaseAcross[],
  texts: AcrossTexts,
): string {
  const { comma, phases: words } = texts.compare;
  const counts = phases.map(({ phase, stepCount }) => `${words[phase]} ${stepCount[side]}`).join(comma);
  const known = [device, chip].filter((each) => each !== null).join(' ');
  const details = [known, counts && texts.steps(counts)].filter((each) => each !== '').join(comma);
  return details === '' ? runs.join(comma) : texts.compare.side(runs.join(comma), details);
}

function unmappedLine({ phase, classes }: PhaseAcross, texts: AcrossTexts): string {
  const { share } = classes.find((row) => row.class === 'unmapped') ?? {};
  const [base, head] = [share?.base ?? null, share?.head ?? null];
  const isNone = (base ?? 0) + (head ?? 0) === 0;
  const said = isNone ? texts.noneUnmapped : texts.unmappedShare(percent(base), percent(head));
  return texts.compare.titled(texts.compare.phases[phase], said);
}

function phaseTable({ phase, per, classes, work, step, idle }: PhaseAcross, texts: AcrossTexts): PlainTable {
  const { columns, compare } = texts;
  const time = (ns: number): string => quantity(ns, 'ns');
  const ratio = (value: number | null): string => (value === null ? '' : `${value.toFixed(2)}x`);
  const whole = [['all', work] as const, ['step', step] as const, ['idle', idle] as const];
  return {
    ...{ id: phase, title: texts.phase(texts.compare.phases[phase], per), firstNumber: 1 },
    titles: [columns.work, compare.base, columns.share, compare.head, columns.share, columns.ratio],
    rows: [
      ...classes.map(({ class: name, base, head, share, ratio: of }) => [
        ...[texts.work[name], time(base), percent(share.base), time(head), percent(share.head), ratio(of)],
      ]),
      ...whole.map(([name, row]) => [texts.work[name], time(row.base), '', time(row.head), '', ratio(row.ratio)]),
    ],
  };
}

function unmappedTable({ phase, unmapped }: PhaseAcross, texts: AcrossTexts, most: number): PlainTable {
  const { columns } = texts;
  const sides = ['base', 'head'] as const;
  return {
    ...{ id: `${phase}-unmapped`, title: texts.unmappedOps(texts.compare.phases[phase]), firstNumber: 2 },
    titles: [columns.side, columns.op, columns.time, columns.count],
    rows: sides.flatMap((side) =>
      unmapped[side]
        .slice(0, most)
        .map(({ op, perStepNs, countPerStep }) => [
          ...[texts.compare[side], op, quantity(perStepNs, 'ns'), quantity(countPerStep, 'count')],
        ]),
    ),
  };
}
