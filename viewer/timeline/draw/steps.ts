/** Steps of one device as a second ruler. */
import type { StepInfo } from '../../../src/session/requests/protocol.ts';
import { STEPS_PX } from '../arrangement.ts';
import { type Frame, sharp } from './frame.ts';
import type { Labels } from './labels.ts';

/** Steps that are narrower are drawn as one band. */
const LEAST_PX = 3;

/** `steps` are sorted by start and do not overlap. */
export function drawSteps(
  frame: Frame,
  labels: Labels,
  steps: readonly StepInfo[],
  names: (step: StepInfo) => string,
): void {
  const { context, scale, palette } = frame;
  context.fillStyle = palette.plain.raised;
  context.fillRect(0, 0, scale.widthPx, STEPS_PX);
  let covered = -Infinity;
  for (let at = firstEndingAfter(steps, scale.startNs); at < steps.length && steps[at].startNs < scale.endNs; at++) {
    const step = steps[at];
    const from = sharp(frame, Math.max(-2, scale.x(step.startNs)));
    const to = sharp(frame, Math.min(scale.widthPx + 2, scale.x(step.endNs)));
    if (to - from < LEAST_PX && to < covered + LEAST_PX) continue;
    covered = to;
    context.fillStyle = at % 2 === 0 ? palette.plain.step : palette.plain.stepOther;
    context.fillRect(from, 2, Math.max(to - from - 1, 1), STEPS_PX - 5);
    if (step.isOutlier) {
      context.fillStyle = palette.plain.exposed;
      context.fillRect(from, STEPS_PX - 5, Math.max(to - from - 1, 1), 2);
    }
    const left = Math.max(from, 0) + 4;
    context.fillStyle = palette.plain.text;
    context.fillText(labels.fit(names(step), Math.min(to, scale.widthPx) - left - 4), left, STEPS_PX / 2);
  }
}

function firstEndingAfter(steps: readonly StepInfo[], timeNs: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle].endNs > timeNs) high = middle;
    else low = middle + 1;
  }
  return low;
}
