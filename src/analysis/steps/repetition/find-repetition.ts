/**
 * Steps that nobody marked, found from the ops themselves: the kernels of the main stream come in the same order in every
 * step, but for some that are missing or additional.
 *
 * Candidates for the period are anchors (anchors.ts): whatever comes back regularly. Each gives a template (template.ts),
 * which is followed through the sequence (walk.ts). A period is taken for a step, and not for a layer, where its template
 * - holds an op that only runs at the edge of a token (step-names.ts), or
 * - consists of repetitions itself and begins with a pause longer than all within it, or
 * - comes back as often as the user says that tokens were generated.
 * Of several steps that explain as many ops, the shortest is it: two tokens repeat, too.
 */
import { NONE } from '../../../timeline/index.ts';
import { FIRST_OPS, LAST_OPS } from '../step-names.ts';
import { type Anchor, anchorsOf } from './anchors.ts';
import { type Block, blocksOf } from './blocks.ts';
import { follow, type Template } from './follow.ts';
import { type OpSequence, partOf } from './op-sequence.ts';
import { type StepStart, stepStart } from './step-start.ts';
import { templateOf } from './template.ts';

export interface Repetition {
  /** In the order of time; those that are no step (cut off by the capture) are left out. */
  readonly steps: readonly Block[];
  /** Which part of the ops of the steps is where the template expects it, less where only a pause tells steps. */
  readonly confidence: number;
}

/** The template is learned from so many ops in the middle; from more where that is not enough, as steps may be long. */
const OPS_TO_LEARN_FROM = [1 << 16, 1 << 19];
const LEAST_EXPLAINED = 0.8;
const LEAST_STEPS = 3;
/** Explaining this much more is chance. */
const SAME_SHARE = 0.002;
const CONFIDENCE_WITHOUT_NAMES = 0.8;
const LEAST_PERIOD_OPS = 4;
const MOST_LAYER_OPS = 1000;

/** Something that repeats, followed through a sequence. */
interface Period {
  readonly anchor: Anchor;
  readonly template: Template;
  readonly start: StepStart;
  readonly steps: readonly Block[];
  /** Which part of the ops in the steps stands where the template says, and which part of all ops these are. */
  readonly explained: number;
  readonly covered: number;
}

/** undefined where nothing repeats, or only what is no step. */
export function findRepetition(sequence: OpSequence, tokens?: number): Repetition | undefined {
  for (const most of OPS_TO_LEARN_FROM) {
    const isWhole = sequence.length <= most;
    const sample = isWhole ? sequence : middleOf(sequence, most);
    const learned = bestPeriod(sample, tokens && (tokens * sample.length) / sequence.length);
    if (learned !== undefined) {
      const { steps, explained, start } = isWhole ? learned : followed(sequence, learned.anchor, learned.template);
      return { steps, confidence: 0.99 * explained * (start.isNamed ? 1 : CONFIDENCE_WITHOUT_NAMES) };
    }
    if (isWhole) break;
  }
  return undefined;
}

function bestPeriod(sequence: OpSequence, tokens: number | undefined): Period | undefined {
  const periods = anchorsOf(sequence)
    .map((anchor) => periodOf(sequence, anchor))
    .filter((period) => period !== undefined)
    .filter((period) => isOfSteps(sequence, period, tokens));
  const most = periods.reduce((share, { covered }) => Math.max(share, covered), 0);
  const [best] = periods
    .filter(({ covered }) => covered >= most - SAME_SHARE)
    .sort((a, b) => offTokens(a, tokens) - offTokens(b, tokens) || a.template.kinds.length - b.template.kinds.length);
  return best;
}

function middleOf(sequence: OpSequence, ops: number): OpSequence {
  const from = (sequence.length - ops) >> 1;
  return partOf(sequence, from, from + ops);
}

function periodOf(sequence: OpSequence, anchor: Anchor): Period | undefined {
  const template = templateOf(sequence, anchor);
  if (template === undefined || template.kinds.length < LEAST_PERIOD_OPS) return undefined;
  return followed(sequence, anchor, template);
}

/** Finds where steps begin, turns the template to begin there, and finds the steps. */
function followed(sequence: OpSequence, anchor: Anchor, template: Template): Period {
  const { kinds, anchorPlace } = template;
  const { length } = kinds;
  const placeOf = follow(sequence, template, anchor);
  const start = stepStart(sequence, template, placeOf);
  const turn = (place: number): number => (place + length - start.place) % length;
  for (let op = 0; op < placeOf.length; op++) if (placeOf[op] !== NONE) placeOf[op] = turn(placeOf[op]);
  const steps = blocksOf(sequence, placeOf, length, start).filter(({ kind }) => kind !== 'cut off');
  return {
    ...{ anchor, start, steps },
    template: { kinds: kinds.map((_, place) => kinds[(place + start.place) % length]), anchorPlace: turn(anchorPlace) },
    ...sharesExplained(sequence, placeOf, steps),
  };
}

/** Of the ops in steps that are as the others; none where these are the lesser part of the ops. */
function sharesExplained(
  { length }: OpSequence,
  placeOf: Int32Array,
  steps: readonly Block[],
): Pick<Period, 'explained' | 'covered'> {
  let ops = 0;
  let matched = 0;
  for (const { from, to, kind } of steps) {
    if (kind !== 'regular') continue;
    ops += to - from;
    for (let op = from; op < to; op++) if (placeOf[op] !== NONE) matched++;
  }
  return 2 * ops < length ? { explained: 0, covered: 0 } : { explained: matched / ops, covered: matched / length };
}

function isOfSteps(
  { kind, kinds }: OpSequence,
  { template, start, steps, explained }: Period,
  tokens?: number,
): boolean {
  if (steps.length < LEAST_STEPS || explained < LEAST_EXPLAINED) return false;
  if (offTokens({ steps }, tokens) <= 1 + steps.length / 50) return true;
  if (start.isNamed) return true;
  // Ops of the edges of a token that are in no repetition say that the repetitions are parts of it.
  const isEdge = kinds.map((name) => FIRST_OPS.test(name) || LAST_OPS.test(name));
  if (kind.some((each) => isEdge[each])) return false;
  return start.hasPause && hasRepetitions(template.kinds);
}

/** How far the number of steps is from what the user says. */
function offTokens({ steps }: Pick<Period, 'steps'>, tokens: number | undefined): number {
  return tokens === undefined ? Number.POSITIVE_INFINITY : Math.abs(steps.length - tokens);
}

/** Whether most of a template is one sequence several times, as layers are. */
function hasRepetitions(kinds: Int32Array): boolean {
  for (let lag = 2; 2 * lag <= kinds.length && lag <= MOST_LAYER_OPS; lag++) {
    let same = 0;
    for (let place = lag; place < kinds.length; place++) if (kinds[place] === kinds[place - lag]) same++;
    if (same >= LEAST_EXPLAINED * (kinds.length - lag)) return true;
  }
  return false;
}
