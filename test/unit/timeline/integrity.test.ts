import { beforeAll, describe, expect, test } from 'vitest';
import { assertIntegrity, type TableColumn, type Timeline } from '../../../src/timeline/index.ts';
import { readEvents, readText } from '../../support/reading.ts';

const slice = (name: string, tid: number, ts: number, dur: number): object => ({ ph: 'X', name, pid: 1, tid, ts, dur });

/** Two tracks; the first has a nested slice, a following one and a crossing one in a second lane. */
const events = [
  slice('a', 1, 0, 10),
  slice('b', 1, 2, 3),
  slice('c', 1, 20, 5),
  slice('d', 1, 24, 5),
  slice('e', 2, 4, 4),
  { ph: 'i', name: 'mark', pid: 1, tid: 1, ts: 3 },
  { ph: 'C', name: 'MHz', pid: 1, ts: 3, args: { v: 1 } },
  { ph: 'C', name: 'MHz', pid: 1, ts: 4, args: { v: 2 } },
  { ph: 's', name: 'f', id: 1, pid: 1, tid: 1, ts: 1 },
  { ph: 'f', name: 'f', id: 1, pid: 1, tid: 2, ts: 5, bp: 'e' },
];

describe('a timeline is broken', () => {
  let sound: Timeline;
  beforeAll(async () => {
    sound = (await readEvents('chrome-json', events)).timeline;
  });

  type Group = 'slices' | 'instants' | 'counters' | 'flows';

  function withValue(group: Group, column: string, row: number, value: number): Timeline {
    const columns = sound[group] as unknown as Record<string, Float64Array>;
    const changed = columns[column].slice();
    changed[row] = value;
    return { ...sound, [group]: { ...columns, [column]: changed } };
  }

  test('not as it was read', () => {
    expect(() => assertIntegrity(sound)).not.toThrow();
  });

  test.each<[string, Group, string, number, number, string]>([
    ['a slice starts at no integer', 'slices', 'startNs', 1, 2000.5, 'start of slice 1'],
    ['a slice starts before the origin', 'slices', 'startNs', 0, -1, 'start of slice 0'],
    ['a slice starts nowhere', 'slices', 'startNs', 0, Number.NaN, 'start of slice 0'],
    ['a slice ends behind the end', 'slices', 'durNs', 3, 6000, 'end of slice 3'],
    ['a duration is negative', 'slices', 'durNs', 1, -1, 'slice 1 lasts'],
    ['slices are not in order', 'slices', 'startNs', 2, 1000, 'out of order'],
    ['a slice is on no track', 'slices', 'track', 0, 9, 'outside its track'],
    ['a slice is on another track', 'slices', 'track', 0, 1, 'outside its track'],
    ['a slice has no name', 'slices', 'name', 0, -1, 'has the name -1'],
    ['a name is not in the table', 'slices', 'name', 0, 999, 'has the name 999'],
    ['a category is not in the table', 'slices', 'category', 0, 999, 'category of slice 0'],
    ['a lane is one too many', 'slices', 'lane', 0, 2, 'on lane 2'],
    ['slices of one lane cross', 'slices', 'lane', 3, 0, 'overlaps'],
    ['a slice is deeper than what is open', 'slices', 'depth', 2, 3, '3 deep where 2 are open'],
    ['a slice is less deep than what is open', 'slices', 'depth', 1, 0, 'overlaps'],
    ['a slice lies in one that is over', 'slices', 'depth', 2, 1, 'ends after'],
    ['an instant is on no track', 'instants', 'track', 0, -1, 'instant 0'],
    ['an instant has no time', 'instants', 'timeNs', 0, Number.NaN, 'time of instant 0'],
    ['an instant has no name', 'instants', 'name', 0, -1, 'instant 0 has no name'],
    ['samples are not in order', 'counters', 'timeNs', 0, 4500, 'out of order'],
    ['a sample has no value', 'counters', 'value', 0, Number.NaN, 'sample 0 has no value'],
    ['a sample is on another track', 'counters', 'track', 0, 0, 'outside its track'],
    ['an arrow ends on no track', 'flows', 'toTrack', 0, 99, 'track of flow 0'],
    ['an arrow has half an end', 'flows', 'toTrack', 0, -1, 'half an end'],
    ['an arrow ends at a slice of another track', 'flows', 'toSlice', 0, 0, 'another track'],
    ['an arrow ends at no slice that exists', 'flows', 'toSlice', 0, 99, 'slice of flow 0'],
    ['an arrow ends at no time', 'flows', 'toNs', 0, 1.5, 'end of flow 0'],
  ])('when %s', (_, group, column, row, value, message) => {
    expect(() => assertIntegrity(withValue(group, column, row, value))).toThrow(message);
  });

  test('when a column is shorter than the others', () => {
    const slices = { ...sound.slices, lane: sound.slices.lane.slice(1) };
    expect(() => assertIntegrity({ ...sound, slices })).toThrow('a slice column has 4 rows');
  });

  test('when the ranges of the tracks do not fit', () => {
    expect(() => assertIntegrity({ ...sound, sliceRange: sound.sliceRange.slice(1) })).toThrow('sliceRange');
    expect(() => assertIntegrity({ ...sound, counterRange: sound.counterRange.map(() => 0) })).toThrow('counterRange');
  });

  test('when a slice stands on a counter', () => {
    const tracks = sound.tracks.map((track) => ({ ...track, kind: 'counter' as const }));
    expect(() => assertIntegrity({ ...sound, tracks })).toThrow('is on counter track');
  });

  test('when a track is of no process', () => {
    expect(() => assertIntegrity({ ...sound, processes: [] })).toThrow('is of process');
  });
});

describe('a table is broken', () => {
  let sound: Timeline;
  beforeAll(async () => {
    const header = 'Component,Timestamp(us),Total Allocated(KB),Total Reserved(KB)';
    sound = (await readText('ascend-table-csv', `${header}\nAPP,1,2,3\nPTA,2,,4\n`)).timeline;
  });

  function withColumn(at: number, change: Partial<TableColumn>): Timeline {
    const [table] = sound.tables;
    const columns = table.columns.map((column, i) => (i === at ? ({ ...column, ...change } as TableColumn) : column));
    return { ...sound, tables: [{ ...table, columns }] };
  }

  test('not as it was read', () => {
    expect(() => assertIntegrity(sound)).not.toThrow();
  });

  test.each<[string, number, Partial<TableColumn>, string]>([
    ['a column is too short', 2, { values: Float64Array.of(1) }, 'column allocatedBytes of a memory table has 1 rows'],
    ['a text is not in its strings', 0, { values: Int32Array.of(0, 99) }, 'is 99 of'],
    ['a number is infinite', 2, { values: Float64Array.of(1, Infinity) }, 'holds Infinity'],
    ['a time is no integer', 1, { values: Float64Array.of(0.5, 0) }, 'holds the time 0.5'],
    ['two columns have one name', 2, { name: 'component' }, 'share a name'],
    ['a column has no name', 2, { name: '' }, 'share a name or have none'],
  ])('when %s', (_, at, change, message) => {
    expect(() => assertIntegrity(withColumn(at, change))).toThrow(message);
  });
});
