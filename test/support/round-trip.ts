// A run written as a Perfetto trace and read again, and both as lines that are equal where nothing was lost.
import { Diagnostics, MemorySource } from '../../src/base/index.ts';
import { readers } from '../../src/readers/index.ts';
import { type ArgsColumns, assertIntegrity, NONE, type Run, type Timeline } from '../../src/timeline/index.ts';
import { writers, type WriteOptions } from '../../src/writers/index.ts';
import { rowNumbers } from './plain-timeline.ts';

export async function perfettoBytes(run: Run, options: Partial<WriteOptions> = {}): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const write = await writers.get('perfetto')!.load();
  const output = { write: async (bytes: Uint8Array) => void chunks.push(bytes.slice()) };
  await write(run, output, new Diagnostics(), { absoluteTime: false, ...options });
  return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

export async function readPerfetto(
  bytes: Uint8Array,
  chunkBytes = 1 << 16,
): Promise<{ timeline: Timeline; diagnostics: Diagnostics }> {
  const read = await readers.get('perfetto-trace')!.load();
  const diagnostics = new Diagnostics();
  const timeline = await read([new MemorySource('again.pftrace', bytes, chunkBytes)], diagnostics, { rank: NONE });
  assertIntegrity(timeline);
  return { timeline, diagnostics };
}

/**
 * All of a run that a trace can hold, in absolute times. It cannot hold tables, tracks of counters without samples, arrows
 * without a slice at both ends, and where on its slices an arrow begins and ends.
 */
export async function runLines({ shards, originNs }: Run, withColumns = false): Promise<string[]> {
  const lines: string[] = [];
  for (const { timeline, shiftNs } of shards) {
    lines.push(...(await timelineLines(timeline, withColumns, originNs + BigInt(shiftNs))));
  }
  return lines.sort();
}

/** `withColumns`: also what was found in args, which readers of tables partly work out from other things. */
export async function timelineLines(
  timeline: Timeline,
  withColumns = false,
  originNs = timeline.originNs,
): Promise<string[]> {
  const { tracks, slices, instants, counters, flows, strings, counterRange } = timeline;
  const trackNames = tracks.map((_, track) => trackText(timeline, track));
  const at = (ns: number): string => String(originNs + BigInt(ns));
  const text = (id: number): string => (id === NONE ? '-' : JSON.stringify(strings.get(id)));
  const sliceArgs = await argsTexts(timeline, slices);
  const instantArgs = await argsTexts(timeline, instants);
  const sliceText = (row: number): string =>
    `${trackNames[slices.track[row]]} ${at(slices.startNs[row])} +${slices.durNs[row]} ${text(slices.name[row])}`;
  const lines = trackNames.filter(
    (_, track) => tracks[track].kind !== 'counter' || counterRange[track] < counterRange[track + 1],
  );
  for (const row of rowNumbers(slices.length)) {
    const typed = [...(withColumns ? slices.typed : [])].map(([key, column]) => {
      const value = column.at(row);
      return column.kind === 'text' ? `${key}=${text(value)}` : `${key}=${value}`;
    });
    const said = typed.filter((each) => !/=(-|NaN)$/.test(each)).sort();
    const place = `lane ${slices.lane[row]} depth ${slices.depth[row]}`;
    lines.push(`${sliceText(row)} ${place} ${text(slices.category[row])} ${said.join(' ')} ${sliceArgs[row]}`);
  }
  for (const row of rowNumbers(instants.length)) {
    const what = `${text(instants.name[row])} ${text(instants.category[row])} ${instantArgs[row]}`;
    lines.push(`${trackNames[instants.track[row]]} ! ${at(instants.timeNs[row])} ${what}`);
  }
  for (const row of rowNumbers(counters.length)) {
    if (!Number.isFinite(counters.value[row])) continue;
    lines.push(`${trackNames[counters.track[row]]} = ${at(counters.timeNs[row])} ${counters.value[row]}`);
  }
  for (const row of rowNumbers(flows.length)) {
    const [from, to] = [flows.fromSlice[row], flows.toSlice[row]];
    if (from === NONE || to === NONE) continue;
    lines.push(`flow ${text(flows.name[row])} ${text(flows.category[row])} ${sliceText(from)} -> ${sliceText(to)}`);
  }
  return lines.sort();
}

function trackText({ tracks, processes }: Timeline, id: number): string {
  const { process, ...track } = tracks[id];
  return [processes[process], track].map((each) => JSON.stringify(each, Object.keys(each).sort())).join(' ');
}

/** As values: how a number is spelled is not kept. Perfetto has no null, {} and [], which are written as text. */
async function argsTexts({ args }: Timeline, columns: ArgsColumns): Promise<string[]> {
  const { bytes, from } = await args.block(columns, rowNumbers(columns.argsFrom.length));
  return rowNumbers(columns.argsFrom.length).map((row) => {
    if (from[row] === from[row + 1]) return '';
    const json = new TextDecoder().decode(bytes.subarray(from[row], from[row + 1]));
    return parsedText(json);
  });
}

function parsedText(json: string): string {
  try {
    const value: unknown = JSON.parse(json, (_, each: unknown) => {
      if (each === null) return 'null';
      if (typeof each === 'object' && Object.keys(each).length === 0) return Array.isArray(each) ? '[]' : '{}';
      return each;
    });
    return value === '{}' ? '' : JSON.stringify(value);
  } catch {
    return json;
  }
}
