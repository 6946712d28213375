/** Steps that ranges on the threads of the host mark: those of frameworks, and what users marked. */
import { NONE, type Process, type Run, type Shard, type Track } from '../../timeline/index.ts';
import { byString } from '../by-string.ts';
import { type DeviceId, deviceIdOf } from '../device-id.ts';
import { isSameOwner, outermost, type StepMark, untilNext } from './step-mark.ts';
import { GRAPH_ITERATION, NO_STEP, PROFILER_STEP, STEP_WORDS } from './step-names.ts';

/** `ProfilerStep#N` of the host of a device. */
export function profilerSteps(run: Run, device: DeviceId): StepMark[] {
  return outermost(rangesOf(run, device, (name) => PROFILER_STEP.exec(name)?.[1]).flat());
}

/** The rows of a graph's iterations, which stand on a process of their own in the time of the device. */
export function iterationSlices(run: Run, device: DeviceId): StepMark[] {
  return rangesOf(run, device, (name) => GRAPH_ITERATION.exec(name)?.[1]).flat();
}

/** Ranges of the host whose names fit a user's pattern; where there are none, instants, which last until the next. */
export function markedBy(run: Run, device: DeviceId, marker: RegExp): StepMark[] {
  const ranges = rangesOf(run, device, (name) => (fits(name, marker) ? '' : undefined)).flat();
  return ranges.length > 0 ? numbered(outermost(ranges)) : numbered(untilNext(instantsOf(run, device, marker)));
}

/** A pattern with the flag g remembers where it stopped. */
export function fits(text: string, pattern: RegExp): boolean {
  return text.search(pattern) >= 0;
}

/**
 * Ranges whose names say that they are steps, on the thread with the most of them; of the surest word that at least two
 * ranges have whose names are equal up to digits.
 */
export function userRanges(run: Run, device: DeviceId): StepMark[] {
  for (const word of STEP_WORDS) {
    const threads = rangesOf(run, device, (name) => (word.test(name) && !NO_STEP.test(name) ? '' : undefined))
      .map(outermost)
      .filter((marks) => marks.length > 1 && repeats(marks))
      .sort((a, b) => b.length - a.length);
    if (threads.length > 0) return numbered(threads[0]);
  }
  return [];
}

function repeats(marks: readonly StepMark[]): boolean {
  return new Set(marks.map(({ name }) => name.replace(/\d+/g, '#'))).size < marks.length;
}

/** By the last number in each name, where all have one and no two the same. */
function numbered(marks: readonly StepMark[]): StepMark[] {
  const numbers = marks.map(({ name }) => /(\d+)\D*$/.exec(name)?.[1]);
  const isClear = numbers.every((number) => number !== undefined) && new Set(numbers).size === numbers.length;
  return marks.map((mark, i) => ({ ...mark, number: isClear ? numbers[i] : undefined }));
}

const [NO_MARK, FIRST_MARK] = [0, 1];

/** One list for each thread that has any. `numberOf`: undefined for what is no mark. */
function rangesOf(run: Run, device: DeviceId, numberOf: (name: string) => string | undefined): StepMark[][] {
  return run.shards.flatMap((shard) => {
    const { slices, sliceRange, tracks, processes, strings } = shard.timeline;
    const numbers: string[] = [];
    const numberOfName = byString(strings.size, (name) => {
      const number = numberOf(strings.get(name));
      return number === undefined ? NO_MARK : numbers.push(number) - 1 + FIRST_MARK;
    });
    return tracks.flatMap((track, id) => {
      if (!isHostRow(shard, track, processes[track.process], device)) return [];
      const marks: StepMark[] = [];
      for (let row = sliceRange[id]; row < sliceRange[id + 1]; row++) {
        const mark = numberOfName(slices.name[row]);
        if (mark === NO_MARK) continue;
        const number = numbers[mark - FIRST_MARK];
        const startNs = slices.startNs[row] + shard.shiftNs;
        marks.push({ number, name: strings.get(slices.name[row]), startNs, endNs: startNs + slices.durNs[row] });
      }
      return marks.length > 0 ? [marks] : [];
    });
  });
}

function instantsOf(run: Run, device: DeviceId, marker: RegExp): Omit<StepMark, 'endNs'>[] {
  return run.shards.flatMap((shard) => {
    const { instants, tracks, processes, strings } = shard.timeline;
    const found: Omit<StepMark, 'endNs'>[] = [];
    for (let row = 0; row < instants.length; row++) {
      const track = tracks[instants.track[row]];
      const name = strings.get(instants.name[row]);
      if (!fits(name, marker) || !isHostRow(shard, track, processes[track.process], device)) continue;
      found.push({ number: undefined, name, startNs: instants.timeNs[row] + shard.shiftNs });
    }
    return found;
  });
}

function isHostRow(shard: Shard, { kind }: Track, { side, rank }: Process, device: DeviceId): boolean {
  const isRow = kind === 'thread' || kind === 'async' || kind === 'other';
  return isRow && side !== 'device' && isSameOwner(deviceIdOf(shard, { rank, device: NONE }), device);
}
