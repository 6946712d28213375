/** Every request there is: what may be asked, and who answers. */
import { BUBBLE_KINDS, MEASURES } from '../../analysis/index.ts';
import { byNearness, UsageError } from '../../base/index.ts';
import { LANGUAGES } from '../../locale/index.ts';
import { SECTIONS } from '../../report/index.ts';
import {
  checked,
  grouping,
  knownDevice,
  knownTrack,
  listOf,
  oneOf,
  optional,
  type Shape,
  text,
  timeNs,
  wholeNumber,
  windowShape,
  yesOrNo,
} from './checks.ts';
import { bubble, nextBubble } from './bubble.ts';
import { communication } from './communication.ts';
import { counters } from './counters.ts';
import { devices } from './devices.ts';
import { find } from './find.ts';
import { flame } from './flame.ts';
import { instances } from './instances.ts';
import { instants } from './instants.ts';
import { memory } from './memory.ts';
import { neighbour } from './neighbour.ts';
import { type Answer, type AnswerTo, type Ask, COLOUR_BY, type RequestName } from './protocol.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { selection } from './selection.ts';
import { slice } from './slice.ts';
import { summary } from './summary.ts';
import type { ViewedRun } from './viewed-run.ts';
import { window } from './window.ts';

interface Handler<Name extends RequestName> {
  /** Handlers get only what has this shape. */
  readonly ask: Shape<Ask<Name>>;
  readonly answer: (viewed: ViewedRun, ask: Ask<Name>) => AnswerTo<Name> | Promise<AnswerTo<Name>>;
}

const MOST_SHOWN = 40;
const kind = oneOf(BUBBLE_KINDS);
const rowNumber = wholeNumber(0, 2 ** 32 - 1);
const limit = wholeNumber(0, 1_000_000);
const leastNs = optional(wholeNumber(0, Number.MAX_SAFE_INTEGER));

export const HANDLERS: { readonly [Name in RequestName]: Handler<Name> } = {
  run: { ask: {}, answer: run },
  window: {
    ask: { ...windowShape, tracks: listOf(knownTrack), colourBy: oneOf(COLOUR_BY) },
    answer: window,
  },
  counters: { ask: { ...windowShape, tracks: listOf(knownTrack) }, answer: counters },
  instants: { ask: { ...windowShape, tracks: listOf(knownTrack) }, answer: instants },
  devices: { ask: { ...windowShape, kind, leastNs }, answer: devices },
  slice: { ask: { track: knownTrack, slice: rowNumber }, answer: slice },
  find: { ask: { text, limit }, answer: find },
  instances: { ask: { by: grouping, key: text, limit }, answer: instances },
  neighbour: { ask: { track: knownTrack, slice: rowNumber, direction: oneOf([-1, 1]) }, answer: neighbour },
  nextBubble: { ask: { afterNs: timeNs, kind, leastNs: timeNs }, answer: nextBubble },
  bubble: { ask: { device: knownDevice, kind, row: rowNumber, leastNs }, answer: bubble },
  selection: { ask: { startNs: timeNs, endNs: timeNs, tracks: listOf(knownTrack) }, answer: selection },
  communication: { ask: {}, answer: communication },
  memory: { ask: {}, answer: memory },
  flame: { ask: { measure: oneOf(MEASURES), limit }, answer: flame },
  report: {
    ask: {
      language: oneOf(LANGUAGES),
      sections: listOf(oneOf(SECTIONS)),
      by: optional(grouping),
      limit: optional(limit),
      kind: optional(kind),
      leastNs,
    },
    answer: report,
  },
  summary: { ask: { wholeRun: yesOrNo }, answer: summary },
};

/** Whoever asks, and however: over HTTP or of a worker. Throws a UsageError where what is asked is no such request. */
export async function answer(viewed: ViewedRun, name: string, ask: unknown): Promise<Answer> {
  if (!isRequestName(name)) throw unknownRequest(name);
  return answerChecked(viewed, name, ask);
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(HANDLERS, name);
}

function answerChecked<Name extends RequestName>(
  viewed: ViewedRun,
  name: Name,
  ask: unknown,
): AnswerTo<Name> | Promise<AnswerTo<Name>> {
  const handler: Handler<Name> = HANDLERS[name];
  return handler.answer(viewed, checked(handler.ask, ask, name, viewed));
}

function unknownRequest(name: string): UsageError {
  const known = Object.keys(HANDLERS);
  const shown = JSON.stringify(name.slice(0, MOST_SHOWN));
  const [near] = byNearness(name.slice(0, MOST_SHOWN), known);
  const hint = near.distance <= 2 ? `was ${near.name} meant?` : undefined;
  return new UsageError('request_unknown', `expected one of ${known.join(', ')}, found ${shown}`, hint);
}
