import { type Phase, PHASES, type Step } from '../analysis/index.ts';
import { UsageError } from '../base/index.ts';

/** `3..10`, `3..`, `..10`, `7`: by their numbers, ends included. `decode`: by their phase. */
export function parseStepChoice(text: string): (step: Step) => boolean {
  if (isPhase(text)) return ({ phase }) => phase === text;
  const [, from, dots, to] = /^(\d*)(\.\.)?(\d*)$/.exec(text) ?? [];
  if (from === undefined || from + to === '' || (dots === undefined && from === ''))
    throw badChoice(text, 'no such choice');
  const first = from === '' ? 0 : Number(from);
  const last = dots === undefined ? first : to === '' ? Number.POSITIVE_INFINITY : Number(to);
  if (first > last) throw badChoice(text, 'it ends before it begins');
  return ({ id }) => /^\d+$/.test(id) && Number(id) >= first && Number(id) <= last;
}

function isPhase(text: string): text is Phase {
  return PHASES.some((phase) => phase === text);
}

function badChoice(text: string, why: string): UsageError {
  return new UsageError('bad_steps', `--steps ${text}: ${why}`, `write it like 3..10, 7 or ${PHASES.join(', ')}`);
}
