import { describe, expect, test } from 'vitest';
import { argsTexts, plainSlices } from '../../support/plain-timeline.ts';
import { eventArray, type ReadResult, readEvents, readFiles } from '../../support/reading.ts';

const mark = (ph: 'B' | 'E' | 'b' | 'e', ts: number, name?: string, fields: object = {}): object => ({
  ph,
  ts,
  pid: 1,
  tid: 1,
  ...(name === undefined ? {} : { name }),
  ...fields,
});

const read = (events: readonly (object | string)[]): Promise<ReadResult> => readEvents('chrome-json', events);

/** `name start +dur` in microseconds. */
async function slicesOf(events: readonly (object | string)[]): Promise<string[]> {
  const { timeline } = await read(events);
  return plainSlices(timeline).map(({ name, startNs, durNs }) => `${name} ${startNs / 1000n} +${durNs / 1000}`);
}

describe('begin and end', () => {
  test('nest', async () => {
    const events = [mark('B', 1, 'a'), mark('B', 2, 'b'), mark('E', 5), mark('E', 9)];
    expect(await slicesOf(events)).toEqual(['a 1 +8', 'b 2 +3']);
  });

  test('an end with a name closes the innermost slice of that name', async () => {
    const events = [mark('B', 1, 'a'), mark('B', 2, 'b'), mark('E', 5, 'a'), mark('E', 9, 'b')];
    expect(await slicesOf(events)).toEqual(['a 1 +4', 'b 2 +7']);
  });

  test('one name nested in itself closes from the inside', async () => {
    const events = [mark('B', 1, 'a'), mark('B', 2, 'a'), mark('E', 5, 'a'), mark('E', 9, 'a')];
    expect(await slicesOf(events)).toEqual(['a 1 +8', 'a 2 +3']);
  });

  test('are matched by time, not by their order in the file', async () => {
    const events = [mark('E', 9), mark('B', 2, 'b'), mark('E', 5), mark('B', 1, 'a')];
    expect(await slicesOf(events)).toEqual(['a 1 +8', 'b 2 +3']);
  });

  test('at one time stay in the order of the file', async () => {
    expect(await slicesOf([mark('B', 1, 'a'), mark('E', 1), mark('B', 1, 'b'), mark('E', 1)])).toEqual([
      'a 1 +0',
      'b 1 +0',
    ]);
  });

  test('belong to their thread', async () => {
    const other = { tid: 2 };
    const events = [mark('B', 1, 'a'), mark('B', 2, 'b', other), mark('E', 5), mark('E', 9, undefined, other)];
    expect(await slicesOf(events)).toEqual(['a 1 +4', 'b 2 +7']);
  });

  test('stand among complete slices', async () => {
    const x = { ph: 'X', name: 'x', pid: 1, tid: 1, ts: 2, dur: 2 };
    const { timeline } = await read([mark('B', 1, 'a'), x, mark('E', 9)]);
    expect(plainSlices(timeline).map(({ name, depth }) => [name, depth])).toEqual([
      ['a', 0],
      ['x', 1],
    ]);
  });

  test('without a name are a slice without a name', async () => {
    expect(await slicesOf([mark('B', 1), mark('E', 2)])).toEqual([' 1 +1']);
  });

  test.each([
    ['the begin', { a: 1 }, undefined, '{"a":1}'],
    ['the end', undefined, { b: 2 }, '{"b":2}'],
    ['both', { a: 1 }, { b: '}' }, '{"a":1,"b":"}"}'],
    ['neither', {}, {}, ''],
  ])('keep the args of %s', async (_, begin, end, expected) => {
    const { timeline } = await read([mark('B', 1, 'a', { args: begin }), mark('E', 2, 'a', { args: end })]);
    expect(await argsTexts(timeline)).toEqual([expected]);
  });

  test('join args only where there are any', async () => {
    const begin = '{"ph":"B","name":"a","pid":1,"tid":1,"ts":1,"args":{ \n }}';
    const { timeline } = await read([begin, mark('E', 2, 'a', { args: { b: 2 } })]);
    expect(await argsTexts(timeline)).toEqual(['{"b":2}']);
  });
});

describe('without a partner', () => {
  test('an end is lost and located', async () => {
    const events = [mark('B', 1, 'a'), mark('E', 2), mark('E', 3), mark('E', 4, 'never begun')];
    const { diagnostics } = await read(events);
    const text = eventArray(events);
    expect(diagnostics.list()).toMatchObject([
      {
        kind: 'end_without_begin',
        severity: 'data_loss',
        count: 2,
        places: [
          { place: { path: 'trace.json', offset: text.indexOf('{"ph":"E","ts":3') } },
          { place: { path: 'trace.json', offset: text.indexOf('{"ph":"E","ts":4') } },
        ],
      },
    ]);
  });

  test('an end with another name closes nothing', async () => {
    expect(await slicesOf([mark('B', 1, 'a'), mark('E', 2, 'b'), mark('E', 3, 'a')])).toEqual(['a 1 +2']);
  });

  test.each([
    ['a slice', { ph: 'X', name: 'x', pid: 1, tid: 2, ts: 40, dur: 10 }],
    ['an instant', { ph: 'i', name: 'x', pid: 1, tid: 2, ts: 50 }],
    ['a sample', { ph: 'C', name: 'x', pid: 1, ts: 50, args: { v: 1 } }],
    ['an arrow', { ph: 's', name: 'x', pid: 1, tid: 2, ts: 50, id: 1 }],
  ])('a begin runs to the end of the trace, be that %s', async (_, last) => {
    const { timeline, diagnostics } = await read([mark('B', 10, 'a'), last]);
    const [slice] = plainSlices(timeline).filter(({ name }) => name === 'a');
    expect(slice).toMatchObject({ startNs: 10_000n, durNs: 40_000 });
    expect(diagnostics.list()).toMatchObject([
      { kind: 'slice_not_ended', count: 1, places: [{ place: { offset: 1 } }] },
    ]);
  });

  test('several open slices all run to the end', async () => {
    const events = [mark('B', 1, 'a'), mark('B', 2, 'b'), mark('B', 7, 'c')];
    expect(await slicesOf(events)).toEqual(['a 1 +6', 'b 2 +5', 'c 7 +0']);
  });

  test('is located in its own file', async () => {
    const bytes = (...events: object[]): Uint8Array => new TextEncoder().encode(eventArray(events));
    const { diagnostics } = await readFiles('chrome-json', [
      { path: 'first.json', bytes: bytes(mark('E', 1)) },
      { path: 'second.json', bytes: bytes(mark('B', 5, 'a'), mark('E', 6), mark('E', 7)) },
    ]);
    const [{ places }] = diagnostics.list();
    expect(places.map(({ place }) => place.path)).toEqual(['first.json', 'second.json']);
  });
});

describe('async begin and end', () => {
  const step = (ph: 'b' | 'e', ts: number, name: string, id: string, fields: object = {}): object =>
    mark(ph, ts, name, { cat: 'c', id, ...fields });

  test('belong together by category and id, on whatever thread', async () => {
    const events = [
      step('b', 1, 'a', '0x1'),
      step('b', 2, 'a', '0x2'),
      step('e', 5, 'a', '0x1', { tid: 9 }),
      step('e', 9, 'a', '0x2'),
    ];
    expect(await slicesOf(events)).toEqual(['a 1 +4', 'a 2 +7']);
  });

  test('of one name share a track and overlap in lanes', async () => {
    const events = [
      step('b', 1, 'a', '0x1'),
      step('b', 2, 'a', '0x2'),
      step('e', 5, 'a', '0x1'),
      step('e', 9, 'a', '0x2'),
    ];
    const { timeline } = await read(events);
    expect(plainSlices(timeline).map(({ track, lane }) => [track, lane])).toEqual([
      ['a', 0],
      ['a', 1],
    ]);
  });

  test('nested ones stand on the track of the outermost', async () => {
    const events = [
      step('b', 1, 'request', '1'),
      step('b', 2, 'connect', '1'),
      step('e', 3, 'connect', '1'),
      step('e', 9, 'request', '1'),
    ];
    const { timeline } = await read(events);
    expect(plainSlices(timeline).map(({ track, name, depth }) => [track, name, depth])).toEqual([
      ['request', 'request', 0],
      ['request', 'connect', 1],
    ]);
  });

  test('ids belong to their process', async () => {
    const events = [step('b', 1, 'a', '1'), step('e', 5, 'a', '1', { pid: 2 })];
    const { diagnostics } = await read(events);
    expect(
      diagnostics
        .list()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['end_without_begin', 'slice_not_ended']);
  });

  test('global ids do not, local ones do', async () => {
    const pair = (id2: object): object[] => [
      mark('b', 1, 'a', { cat: 'c', id2 }),
      mark('e', 5, 'a', { cat: 'c', id2, pid: 2 }),
    ];
    expect(await slicesOf(pair({ global: '0x1' }))).toEqual(['a 1 +4']);
    expect((await read(pair({ local: '0x1' }))).diagnostics.countOf('end_without_begin')).toBe(1);
  });

  test('do not mix with those of threads', async () => {
    const { diagnostics } = await read([mark('B', 1, 'a', { id: 1, cat: 'c' }), step('e', 5, 'a', '1')]);
    expect(
      diagnostics
        .list()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['end_without_begin', 'slice_not_ended']);
  });
});
