import type { Phase } from '../../analysis/index.ts';
import { formatCount, formatShortDuration } from '../format.ts';
import type { ReportDocument, ReportPhase } from '../document/report-document.ts';
import { phasesByWeight } from '../main-phase.ts';
import type { ReportTexts } from '../texts.ts';
import type { Block, Part, PartOptions, Table } from './part.ts';

/** The mean token; where nothing is decoded the mean step of the commonest phase. */
export function tokenPart({ steps }: ReportDocument, texts: ReportTexts, { fewer }: PartOptions): Part {
  const { words } = texts;
  const phases = phasesByWeight(steps);
  const [chosen] = phases;
  if (chosen === undefined) return { section: 'token', title: words.sections.token, blocks: [], main: undefined };
  const [phase, figures] = chosen;
  const isToken = phase === 'decode';
  const main = opsTable(figures, isToken, fewer);
  const sentence = meanSentence(phase, figures, texts);
  const blocks: Block[] = [{ sentence: [sentence] }, { table: timeTable(figures, isToken, texts) }, { table: main }];
  const rest = phases
    .filter(([each]) => each !== phase)
    .map(([each, other]) => {
      const steps = meanSentence(each, other, texts);
      return { sentence: [texts.sentences.ofPhase(words.phases[each], steps)], isQuiet: true };
    });
  return {
    section: 'token',
    title: isToken ? words.sections.token : words.sections.step,
    blocks: [...blocks, ...rest],
    main,
  };
}

function meanSentence(
  phase: Phase,
  { count, deviceCount, usualMeanNs, p50Ns, p95Ns }: ReportPhase,
  { sentences }: ReportTexts,
): string {
  const [steps, devices] = [count, deviceCount].map(formatCount);
  const [mean, p50, p95] = [usualMeanNs, p50Ns, p95Ns].map(formatShortDuration);
  if (phase !== 'decode') {
    return count === 1 ? sentences.oneStep(devices, mean) : sentences.meanStep(steps, devices, mean, p50, p95);
  }
  const rate = usualMeanNs === 0 ? '' : ` · ${sentences.tokensPerSecond((1e9 / usualMeanNs).toFixed(1))}`;
  return `${sentences.meanToken(steps, devices, mean, p50, p95)}${rate}`;
}

/** The three add up to the whole. */
function timeTable(figures: ReportPhase, isToken: boolean, { words }: ReportTexts): Table {
  const times = [
    [words.time.compute, figures.computeNs],
    [words.time.exposedComm, figures.exposedCommNs],
    [words.time.deviceIdle, figures.deviceIdleNs],
  ] as const;
  const whole = times.reduce((sum, [, ns]) => sum + ns, 0);
  const share = (ns: number): number => (whole === 0 ? 0 : ns / whole);
  return {
    columns: [
      { id: 'what', kind: 'text' },
      { id: isToken ? 'perToken' : 'perMeanStep', kind: 'micros' },
      { id: isToken ? 'ofToken' : 'ofMeanStep', kind: 'ratio' },
      { id: 'bar', kind: 'bar' },
    ],
    rows: times.map(([what, ns]) => [what, ns, share(ns), share(ns)]),
    shown: times.length,
  };
}

function opsTable({ ops }: ReportPhase, isToken: boolean, limit: number): Table {
  return {
    columns: [
      { id: 'op', kind: 'name' },
      { id: isToken ? 'perToken' : 'perMeanStep', kind: 'micros' },
      { id: isToken ? 'ofToken' : 'ofMeanStep', kind: 'ratio' },
      { id: 'bar', kind: 'bar' },
      { id: 'countPerStep', kind: 'decimal' },
    ],
    rows: ops.map(({ key, nsPerStep, countPerStep, share }) => [key, nsPerStep, share, share, countPerStep]),
    shown: limit,
  };
}
