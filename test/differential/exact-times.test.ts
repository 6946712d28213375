// Every start and end of a real capture, to the nanosecond, against the digits in the file and bigint arithmetic.
import { describe, expect, test } from 'vitest';
import type { Timeline } from '../../src/timeline/index.ts';
import { exactTimes } from '../support/exact-decimal.ts';
import { traceEventCaptures } from '../support/fixtures.ts';
import { rowNumbers } from '../support/plain-timeline.ts';
import { readFiles } from '../support/reading.ts';
import { NumberText, type ReferenceObject, referenceEvents } from '../support/reference-events.ts';
import { ASCEND_TIMELINES, noticeWhenAbsent, readSample, samplesLike } from '../support/samples.ts';

noticeWhenAbsent('exact times of real captures');

const wholeFixtures = traceEventCaptures().filter(({ capture }) => /decode|legacy/.test(capture.caseName));

describe('starts and ends are the digits of the file, rounded half up to the ns', { timeout: 30_000 }, () => {
  test.each(samplesLike(ASCEND_TIMELINES))('%s', async (path) => {
    await expectExactTimes([{ path, bytes: readSample(path) }]);
  });

  test.each(wholeFixtures)('$title', async ({ capture }) => {
    await expectExactTimes(capture.files);
  });
});

async function expectExactTimes(files: readonly { path: string; bytes: Uint8Array }[]): Promise<void> {
  const { timeline } = await readFiles('ascend-msprof-json', files);
  const events = files.flatMap(({ bytes }) => referenceEvents(bytes));
  const expected = events.filter(({ ph }) => ph === 'X').map(timesInFile);
  expect(expected.length).toBeGreaterThan(0);
  expect(timesInTimeline(timeline)).toEqual(expected.sort());
}

/** `pid/tid start end`, which as a sorted list is a multiset for every track. */
function timesInFile({ pid, tid, ts, dur }: ReferenceObject): string {
  const { startNs, endNs } = exactTimes(text(ts), text(dur));
  return `${text(pid)}/${text(tid)} ${startNs} ${endNs}`;
}

function text(value: ReferenceObject[string]): string {
  if (value instanceof NumberText) return value.text;
  if (typeof value === 'string') return value;
  throw new Error(`neither a number nor text: ${JSON.stringify(value)}`);
}

function timesInTimeline({ slices, tracks, processes, originNs }: Timeline): string[] {
  return rowNumbers(slices.length)
    .map((row) => {
      const track = tracks[slices.track[row]];
      const startNs = originNs + BigInt(slices.startNs[row]);
      return `${processes[track.process].key}/${track.key} ${startNs} ${startNs + BigInt(slices.durNs[row])}`;
    })
    .sort();
}
