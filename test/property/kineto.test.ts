// Whatever runs, in whichever generation of the format: the reader finds every slice at its time, and what launched it.
// What breaks off is read as far as it is whole.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Capture } from '../../fixtures/generate/kineto/capture.ts';
import { type DialectName, DIALECTS } from '../../fixtures/generate/kineto/dialects.ts';
import { randomTasks } from '../../fixtures/generate/kineto/tasks.ts';
import { deviceTasks } from '../../src/analysis/device-tasks.ts';
import { NONE, type Timeline } from '../../src/timeline/index.ts';
import { plainSlices, rowNumbers } from '../support/plain-timeline.ts';
import { diagnosticCounts, readText } from '../support/reading.ts';
import { runOf } from '../support/runs.ts';

const seed = 20261123;
const names = Object.keys(DIALECTS) as DialectName[];

interface Plan {
  readonly seed: number;
  readonly stepSizes: readonly number[];
  readonly isQuoted: boolean;
  readonly chunkBytes: number;
}

const plans: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(1_000_000),
  stepSizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
  isQuoted: fc.boolean(),
  chunkBytes: fc.integer({ min: 50, max: 5000 }),
});

function captureOf(name: DialectName, { seed: first, stepSizes, isQuoted }: Plan): Capture {
  const capture = new Capture(DIALECTS[name]);
  let startNs = 0;
  for (const [step, taskCount] of stepSizes.entries()) {
    const { tasks, endNs } = randomTasks({ seed: first + step, taskCount, isQuoted });
    const lengthNs = Math.ceil(endNs / 1000) * 1000 + 1000;
    capture.step(step, startNs, tasks, lengthNs);
    startNs += lengthNs + 400_000;
  }
  return capture;
}

/** Quotes that were not escaped are read as apostrophes. */
const mended = (text: string, isQuoted: boolean): string => (isQuoted ? text.replaceAll('"', "'") : text);

const readSlices = (timeline: Timeline): string[] =>
  plainSlices(timeline)
    .map(({ name, startNs, durNs }) => `${startNs} +${durNs} ${name}`)
    .sort();

function readLaunches({ flows, slices, strings, originNs }: Timeline): string[] {
  const end = (slice: number): string =>
    slice === NONE ? '?' : `${strings.get(slices.name[slice])} ${originNs + BigInt(slices.startNs[slice])}`;
  return rowNumbers(flows.length)
    .map((row) => `${end(flows.fromSlice[row])} > ${end(flows.toSlice[row])}`)
    .sort();
}

describe.each(names)('%s', (name) => {
  test('is read to the last nanosecond, with what launched what', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const capture = captureOf(name, plan);
        const text = capture.text({ hasBadQuotes: plan.isQuoted });
        const { timeline, diagnostics } = await readText('torch-kineto', text, { chunkBytes: plan.chunkBytes });
        expect(readSlices(timeline)).toEqual(
          capture.slices.map((each) => `${each.startNs} +${each.durNs} ${mended(each.name, plan.isQuoted)}`).sort(),
        );
        expect(readLaunches(timeline)).toEqual([...capture.launches].sort());
        const found = diagnosticCounts(diagnostics);
        const quoted = capture.slices.filter((each) => each.name.includes('"')).length;
        expect(found).toEqual(plan.isQuoted && quoted > 0 ? { quotes_mended: quoted } : {});
        const [{ device, length }, ...others] = deviceTasks(runOf(timeline));
        expect([device, length, others]).toEqual([0, capture.all.length, []]);
      }),
      { seed, numRuns: 40 },
    );
  });

  test('is read as far as it is whole where it breaks off, devices told without their labels', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.double({ min: 0.1, max: 1, noNaN: true }), async (plan, share) => {
        const capture = captureOf(name, { ...plan, isQuoted: false });
        const text = capture.text();
        const from = text.indexOf('"traceEvents"');
        const cut = text.slice(0, from + Math.floor((text.length - from) * share));
        const whole = completeSlices(cut);
        if (whole.length === 0) return;
        const { timeline, diagnostics } = await readText('torch-kineto', cut, { chunkBytes: plan.chunkBytes });
        const found = plainSlices(timeline).map((slice) => slice.name);
        expect(found.sort()).toEqual(whole.map((slice) => slice.name).sort());
        if (cut.trimEnd() !== text.trimEnd()) expect(diagnostics.lossCount).toBeGreaterThan(0);
        const onDevice = whole.filter(({ pid }) => pid === 0).length;
        expect(deviceTasks(runOf(timeline)).reduce((sum, { length }) => sum + length, 0)).toBe(onDevice);
      }),
      { seed, numRuns: 40 },
    );
  });
});

/** As JSON.parse finds them, event by event: each begins on a line of its own, and behind the last stands the rest. */
function completeSlices(text: string): { name: string; pid: number }[] {
  const lines = text.slice(text.indexOf('"traceEvents":[') + '"traceEvents":['.length).split(',\n');
  return lines.flatMap((line) => {
    for (let end = line.indexOf('}') + 1; end > 0; end = line.indexOf('}', end) + 1) {
      try {
        const event: { ph: string; name: string; pid: number } = JSON.parse(line.slice(0, end));
        return event.ph === 'X' ? [event] : [];
      } catch {
        // The brace of something inside: the next one.
      }
    }
    return [];
  });
}
