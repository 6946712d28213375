import { type FlowColumns, NONE, type Timeline } from './model.ts';
import type { Table } from './table.ts';

/**
 * Throws on the first thing in a timeline that cannot be: an id out of range, a time that is no integer, rows out of
 * order, slices of one lane that overlap. Every test that reads a trace runs it.
 */
export function assertIntegrity(timeline: Timeline): void {
  checkTracks(timeline);
  checkSlices(timeline);
  checkLanes(timeline);
  checkInstants(timeline);
  checkCounters(timeline);
  checkFlows(timeline, timeline.flows);
  timeline.tables.forEach(checkTable);
}

function ensure(condition: boolean, what: () => string): void {
  if (!condition) throw new Error(`broken timeline: ${what()}`);
}

function checkTracks({ tracks, processes, sliceRange, counterRange, slices, counters }: Timeline): void {
  tracks.forEach((track, id) => {
    ensure(track.process >= 0 && track.process < processes.length, () => `track ${id} is of process ${track.process}`);
    ensure(track.laneCount >= 1, () => `track ${id} has ${track.laneCount} lanes`);
  });
  for (const [name, range, length] of [
    ['sliceRange', sliceRange, slices.length],
    ['counterRange', counterRange, counters.length],
  ] as const) {
    ensure(range.length === tracks.length + 1, () => `${name} has ${range.length} entries for ${tracks.length} tracks`);
    ensure(
      range[0] === 0 && range[tracks.length] === length,
      () => `${name} ends at ${range[tracks.length]}, not ${length}`,
    );
  }
}

function checkSlices({ slices, sliceRange, strings, tracks, endNs }: Timeline): void {
  const columns = [slices.track, slices.startNs, slices.durNs, slices.name, slices.category, slices.depth, slices.lane];
  for (const column of [...columns, slices.argsFrom, slices.argsBytes, slices.argsStrict, slices.fileOrder]) {
    ensure(column.length === slices.length, () => `a slice column has ${column.length} rows, not ${slices.length}`);
  }
  for (let i = 0; i < slices.length; i++) {
    const track = slices.track[i];
    ensure(i >= sliceRange[track] && i < sliceRange[track + 1], () => `slice ${i} lies outside its track ${track}`);
    ensure(tracks[track].kind !== 'counter', () => `slice ${i} is on counter track ${track}`);
    checkTime(slices.startNs[i], endNs, `start of slice ${i}`);
    ensure(
      Number.isSafeInteger(slices.durNs[i]) && slices.durNs[i] >= 0,
      () => `slice ${i} lasts ${slices.durNs[i]} ns`,
    );
    checkTime(slices.startNs[i] + slices.durNs[i], endNs, `end of slice ${i}`);
    ensure(slices.name[i] >= 0 && slices.name[i] < strings.size, () => `slice ${i} has the name ${slices.name[i]}`);
    checkOptional(slices.category[i], strings.size, `category of slice ${i}`);
    ensure(slices.lane[i] < tracks[track].laneCount, () => `slice ${i} is on lane ${slices.lane[i]} of track ${track}`);
    if (i > sliceRange[track]) {
      const inOrder =
        slices.startNs[i - 1] < slices.startNs[i] ||
        (slices.startNs[i - 1] === slices.startNs[i] && slices.durNs[i - 1] >= slices.durNs[i]);
      ensure(inOrder, () => `slice ${i} is out of order on track ${track}`);
    }
  }
}

/** Within a lane slices nest or follow, and depth counts what is open. */
function checkLanes({ slices, sliceRange, tracks }: Timeline): void {
  for (let track = 0; track < tracks.length; track++) {
    const open: number[][] = Array.from({ length: tracks[track].laneCount }, () => []);
    for (let i = sliceRange[track]; i < sliceRange[track + 1]; i++) {
      const stack = open[slices.lane[i]];
      ensure(
        slices.depth[i] <= stack.length,
        () => `slice ${i} is ${slices.depth[i]} deep where ${stack.length} are open`,
      );
      const before = stack[slices.depth[i]];
      ensure(
        before === undefined || slices.startNs[before] + slices.durNs[before] <= slices.startNs[i],
        () => `slice ${i} overlaps slice ${before} on lane ${slices.lane[i]} of track ${track}`,
      );
      stack.length = slices.depth[i];
      const end = slices.startNs[i] + slices.durNs[i];
      const parent = stack.at(-1);
      const parentEnd = parent === undefined ? end : slices.startNs[parent] + slices.durNs[parent];
      ensure(end <= parentEnd, () => `slice ${i} ends after slice ${parent}, in which it lies`);
      stack.push(i);
    }
  }
}

function checkInstants({ instants, tracks, strings, endNs }: Timeline): void {
  for (let i = 0; i < instants.length; i++) {
    ensure(instants.track[i] >= 0 && instants.track[i] < tracks.length, () => `instant ${i} is on no track`);
    ensure(tracks[instants.track[i]].kind !== 'counter', () => `instant ${i} is on a counter track`);
    checkTime(instants.timeNs[i], endNs, `time of instant ${i}`);
    ensure(instants.name[i] >= 0 && instants.name[i] < strings.size, () => `instant ${i} has no name`);
    checkOptional(instants.category[i], strings.size, `category of instant ${i}`);
  }
}

function checkCounters({ counters, counterRange, tracks, endNs }: Timeline): void {
  for (let track = 0; track < tracks.length; track++) {
    for (let i = counterRange[track]; i < counterRange[track + 1]; i++) {
      ensure(counters.track[i] === track, () => `sample ${i} lies outside its track ${track}`);
      checkTime(counters.timeNs[i], endNs, `time of sample ${i}`);
      ensure(!Number.isNaN(counters.value[i]), () => `sample ${i} has no value`);
      const follows = i === counterRange[track] || counters.timeNs[i - 1] <= counters.timeNs[i];
      ensure(follows, () => `sample ${i} is out of order on track ${track}`);
    }
  }
}

function checkFlows(timeline: Timeline, flows: FlowColumns): void {
  const { slices, tracks, strings, endNs } = timeline;
  for (let i = 0; i < flows.length; i++) {
    ensure(flows.name[i] >= 0 && flows.name[i] < strings.size, () => `flow ${i} has no name`);
    ensure(flows.fromTrack[i] !== NONE || flows.toTrack[i] !== NONE, () => `flow ${i} has neither end`);
    for (const [track, timeNs, slice] of [
      [flows.fromTrack[i], flows.fromNs[i], flows.fromSlice[i]],
      [flows.toTrack[i], flows.toNs[i], flows.toSlice[i]],
    ]) {
      checkOptional(track, tracks.length, `track of flow ${i}`);
      checkOptional(slice, slices.length, `slice of flow ${i}`);
      ensure(track === NONE ? Number.isNaN(timeNs) && slice === NONE : true, () => `flow ${i} has half an end`);
      if (track !== NONE) checkTime(timeNs, endNs, `end of flow ${i}`);
      if (slice !== NONE) ensure(slices.track[slice] === track, () => `flow ${i} is bound to a slice of another track`);
    }
  }
}

function checkTable({ kind, columns, rowCount, strings }: Table): void {
  const names = new Set(columns.map(({ name }) => name));
  // The last bucket of a histogram has no bound, and neither has a quantile that lies in it.
  const mayBeInfinite = kind === 'histograms' || kind === 'metrics';
  ensure(names.size === columns.length && !names.has(''), () => `columns of a ${kind} table share a name or have none`);
  for (const { name, kind: type, values } of columns) {
    const where = `column ${name} of a ${kind} table`;
    ensure(values.length === rowCount, () => `${where} has ${values.length} rows, not ${rowCount}`);
    for (const value of values) {
      if (type === 'text') checkOptional(value, strings.size, where);
      else if (Number.isNaN(value)) continue;
      else if (type === 'number') ensure(mayBeInfinite || Number.isFinite(value), () => `${where} holds ${value}`);
      else ensure(Number.isSafeInteger(value), () => `${where} holds the time ${value}`);
    }
  }
}

function checkTime(timeNs: number, endNs: number, what: string): void {
  ensure(Number.isSafeInteger(timeNs) && timeNs >= 0 && timeNs <= endNs, () => `${what} is ${timeNs} ns of ${endNs}`);
}

function checkOptional(id: number, count: number, what: string): void {
  ensure(id >= NONE && id < count, () => `${what} is ${id} of ${count}`);
}
