// Google's trace_processor and we read the same traces, and find the same in them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NONE, type Timeline } from '../../src/timeline/index.ts';
import { type Row, TraceProcessor } from '../oracle/trace-processor.ts';
import { rowNumbers } from '../support/plain-timeline.ts';
import { fixturesRoot } from '../support/project.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { readPerfetto } from '../support/round-trip.ts';
import { generatedTrace } from '../support/perfetto-traces.ts';

const engine = TraceProcessor.available();
if (!engine) console.warn('notice: trace_processor is not available; the Perfetto reader is not checked against it');

const fixture = (path: string): Uint8Array => new Uint8Array(readFileSync(join(fixturesRoot, 'perfetto-trace', path)));
const traces: [string, Uint8Array][] = [
  ['tracks', fixture('tracks/tracks.pftrace')],
  ['sophon', fixture('sophon/perfetto.pftrace')],
  ...Array.from({ length: 6 }, (_, seed): [string, Uint8Array] => [
    `generated ${seed}`,
    generatedTrace(seededRandom(seed + 1)),
  ]),
];

describe.skipIf(!engine).each(traces)('%s', (_name, bytes) => {
  it('has the slices, samples, arrows and args that the engine finds', { timeout: 60_000 }, async () => {
    const { timeline } = await readPerfetto(bytes, 64);
    const processor = await TraceProcessor.open(bytes);
    try {
      const found = await Promise.all([SLICES, COUNTERS, FLOWS, ARGS].map((sql) => processor.query(sql)));
      const [slices, counters, flows, args] = found.map((rows) => rows.map(lineOf).sort());
      expect(slices.length).toBeGreaterThan(5);
      expect(ourSlices(timeline)).toEqual(slices);
      expect(ourCounters(timeline)).toEqual(counters);
      expect(ourFlows(timeline)).toEqual(flows);
      expect(await ourArgs(timeline)).toEqual(args);
    } finally {
      await processor.close();
    }
  });
});

/** Instants are slices without duration there. The epoch's clock is not the trace's: both count from the first row. */
const FIRST = `(SELECT min(ts) FROM (SELECT ts FROM slice UNION ALL SELECT ts FROM counter))`;
const SLICES = `SELECT ts - ${FIRST} AS ts, dur, name, category FROM slice`;
const COUNTERS = `SELECT ts - ${FIRST} AS ts, value, track.name AS name
  FROM counter JOIN track ON track.id = counter.track_id`;
const FLOWS = `SELECT a.ts - ${FIRST} AS at, a.name AS start, b.ts - ${FIRST} AS til, b.name AS finish
  FROM flow JOIN slice a ON a.id = flow.slice_out JOIN slice b ON b.id = flow.slice_in`;
/** Numbers over 2^63 and pointers are shown differently. */
const ARGS = `SELECT s.ts - ${FIRST} AS ts, s.name AS name, substr(args.key, 7) AS key,
  coalesce(args.int_value, args.real_value, args.string_value) AS value
  FROM slice s JOIN args USING (arg_set_id)
  WHERE args.key GLOB 'debug.*' AND args.value_type NOT IN ('pointer', 'uint')`;

const lineOf = (row: Row): string =>
  Object.values(row)
    .map((value) => (value === null ? '-' : String(value)))
    .join(' | ');

function ourSlices({ slices, instants, strings }: Timeline): string[] {
  const text = (id: number): string => (id === NONE ? '-' : strings.get(id) || '-');
  return [
    ...rowNumbers(slices.length).map(
      (row) =>
        `${slices.startNs[row]} | ${slices.durNs[row]} | ${text(slices.name[row])} | ${text(slices.category[row])}`,
    ),
    ...rowNumbers(instants.length).map(
      (row) => `${instants.timeNs[row]} | 0 | ${text(instants.name[row])} | ${text(instants.category[row])}`,
    ),
  ].sort();
}

function ourCounters({ counters, tracks }: Timeline): string[] {
  return rowNumbers(counters.length)
    .map((row) => `${counters.timeNs[row]} | ${counters.value[row]} | ${tracks[counters.track[row]].name}`)
    .sort();
}

function ourFlows({ flows, slices, strings }: Timeline): string[] {
  const end = (slice: number): string => `${slices.startNs[slice]} | ${strings.get(slices.name[slice])}`;
  return rowNumbers(flows.length)
    .filter((row) => flows.fromSlice[row] !== NONE && flows.toSlice[row] !== NONE)
    .map((row) => `${end(flows.fromSlice[row])} | ${end(flows.toSlice[row])}`)
    .sort();
}

async function ourArgs({ slices, instants, strings, args }: Timeline): Promise<string[]> {
  const lines: string[] = [];
  for (const [columns, timeNs] of [
    [slices, slices.startNs],
    [instants, instants.timeNs],
  ] as const) {
    const { bytes, from } = await args.block(columns, rowNumbers(columns.length));
    for (const row of rowNumbers(columns.length)) {
      if (from[row] === from[row + 1]) continue;
      const value: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(from[row], from[row + 1])));
      for (const [key, each] of flat(value, '')) {
        lines.push(`${timeNs[row]} | ${strings.get(columns.name[row])} | ${key} | ${each}`);
      }
    }
  }
  return lines.sort();
}

/** Keys as the engine writes them: a.b[2].c. What it shows differently, or elsewhere, is left out. */
function flat(value: unknown, key: string): [string, string][] {
  if (/^(pointer|largest|correlation|correlation_id|source|unsigned\d*)(\.|$)/.test(key) || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each, i) => flat(each, `${key}[${i}]`));
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, each]) => flat(each, key === '' ? name : `${key}.${name}`));
  }
  return [[key, typeof value === 'boolean' ? String(Number(value)) : String(value)]];
}
