import { NONE, type Timeline } from '../../src/timeline/index.ts';

/** Rows of a timeline as plain objects with absolute times, the way a test wants to state them. */
export interface PlainSlice {
  readonly process: string;
  readonly track: string;
  readonly name: string;
  readonly category: string | undefined;
  readonly startNs: bigint;
  readonly durNs: number;
  readonly lane: number;
  readonly depth: number;
}

export function plainSlices(timeline: Timeline): PlainSlice[] {
  const { slices, tracks, processes, strings, originNs } = timeline;
  return rowNumbers(slices.length).map((row) => {
    const track = tracks[slices.track[row]];
    return {
      process: processes[track.process].name,
      track: track.name,
      name: strings.get(slices.name[row]),
      category: slices.category[row] === NONE ? undefined : strings.get(slices.category[row]),
      startNs: originNs + BigInt(slices.startNs[row]),
      durNs: slices.durNs[row],
      lane: slices.lane[row],
      depth: slices.depth[row],
    };
  });
}

export interface PlainFlow {
  readonly name: string;
  /** `name @ ns` of the slice at each end, `? @ ns` where there is none, undefined where the end is missing. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export function plainFlows({ flows, slices, strings, originNs }: Timeline): PlainFlow[] {
  const end = (track: number, timeNs: number, slice: number): string | undefined => {
    if (track === NONE) return undefined;
    const name = slice === NONE ? '?' : strings.get(slices.name[slice]);
    return `${name} @ ${originNs + BigInt(timeNs)}`;
  };
  return rowNumbers(flows.length).map((row) => ({
    name: strings.get(flows.name[row]),
    from: end(flows.fromTrack[row], flows.fromNs[row], flows.fromSlice[row]),
    to: end(flows.toTrack[row], flows.toNs[row], flows.toSlice[row]),
  }));
}

export interface PlainInstant {
  readonly track: string;
  readonly name: string;
  readonly timeNs: bigint;
}

export function plainInstants({ instants, tracks, strings, originNs }: Timeline): PlainInstant[] {
  return rowNumbers(instants.length).map((row) => ({
    track: tracks[instants.track[row]].name,
    name: strings.get(instants.name[row]),
    timeNs: originNs + BigInt(instants.timeNs[row]),
  }));
}

export interface PlainSample {
  readonly counter: string;
  readonly series: string;
  readonly unit: string;
  readonly timeNs: bigint;
  readonly value: number;
}

export function plainSamples({ counters, tracks, originNs }: Timeline): PlainSample[] {
  return rowNumbers(counters.length).map((row) => {
    const { name, series, unit } = tracks[counters.track[row]];
    return {
      counter: name,
      series,
      unit,
      timeNs: originNs + BigInt(counters.timeNs[row]),
      value: counters.value[row],
    };
  });
}

/** The args of each slice as text, '' where it has none. */
export async function argsTexts(timeline: Timeline): Promise<string[]> {
  const rows = rowNumbers(timeline.slices.length);
  const { bytes, from } = await timeline.args.block(timeline.slices, rows);
  return rows.map((row) => new TextDecoder().decode(bytes.subarray(from[row], from[row + 1])));
}

/** One typed column by row, undefined where a row has no value. */
export function typedValues(timeline: Timeline, column: string): (number | string | undefined)[] {
  const typed = timeline.slices.typed.get(column);
  return rowNumbers(timeline.slices.length).map((row) => {
    if (typed === undefined) return undefined;
    const value = typed.at(row);
    if (typed.kind === 'text') return value === NONE ? undefined : timeline.strings.get(value);
    return Number.isNaN(value) ? undefined : value;
  });
}

export function rowNumbers(length: number): number[] {
  return Array.from({ length }, (_, row) => row);
}
