import { describe, expect, test } from 'vitest';
import { type PlainFlow, plainFlows } from '../../support/plain-timeline.ts';
import { readEvents } from '../../support/reading.ts';

/** Slices of threads 1 and 2, one long, with others inside and after. */
const slices = [
  { ph: 'X', name: 'launch A', pid: 1, tid: 1, ts: 0, dur: 10 },
  { ph: 'X', name: 'inner A', pid: 1, tid: 1, ts: 2, dur: 4 },
  { ph: 'X', name: 'launch B', pid: 1, tid: 1, ts: 20, dur: 10 },
  { ph: 'X', name: 'kernel A', pid: 1, tid: 2, ts: 30, dur: 10 },
  { ph: 'X', name: 'kernel B', pid: 1, tid: 2, ts: 50, dur: 10 },
];

const end = (ph: 's' | 't' | 'f', tid: number, ts: number, fields: object = { id: 1 }): object => {
  const enclosing = ph === 'f' ? { bp: 'e' } : {};
  return { ph, name: 'flow', cat: 'c', pid: 1, tid, ts, ...enclosing, ...fields };
};

async function flowsOf(events: object[], readerId = 'chrome-json'): Promise<string[]> {
  const { timeline } = await readEvents(readerId, [...slices, ...events]);
  return plainFlows(timeline).map(arrowText).sort();
}

/** Times as whole microseconds, as the events have them. */
function arrowText({ from, to }: PlainFlow): string {
  const micros = (text = 'nothing'): string => text.replace(/000$/, '');
  return `${micros(from)} -> ${micros(to)}`;
}

describe('an arrow', () => {
  test('goes from the innermost slice around its start to the one around its end', async () => {
    expect(await flowsOf([end('s', 1, 3), end('f', 2, 35)])).toEqual(['inner A @ 3 -> kernel A @ 35']);
  });

  test('binds at the edges of a slice; where one ends and another starts, to the later one', async () => {
    const follower = { ph: 'X', name: 'launch A2', pid: 1, tid: 1, ts: 10, dur: 5 };
    expect(await flowsOf([end('s', 1, 0), end('f', 2, 40)])).toEqual(['launch A @ 0 -> kernel A @ 40']);
    expect(await flowsOf([end('s', 1, 10), end('f', 2, 60)])).toEqual(['launch A @ 10 -> kernel B @ 60']);
    expect(await flowsOf([follower, end('s', 1, 10), end('f', 2, 60)])).toEqual(['launch A2 @ 10 -> kernel B @ 60']);
  });

  test('is kept where there is no slice under an end', async () => {
    expect(await flowsOf([end('s', 1, 15), end('f', 2, 45)])).toEqual(['? @ 15 -> ? @ 45']);
    expect(await flowsOf([end('s', 9, 1), end('f', 2, 35)])).toEqual(['? @ 1 -> kernel A @ 35']);
  });

  test('is found though its ends stand before the slices, and the end before the start', async () => {
    const { timeline } = await readEvents('chrome-json', [end('f', 2, 35), end('s', 1, 3), ...slices]);
    expect(plainFlows(timeline).map(arrowText)).toEqual(['inner A @ 3 -> kernel A @ 35']);
  });

  test('binds to slices in every lane', async () => {
    const crossing = { ph: 'X', name: 'crossing', pid: 1, tid: 2, ts: 35, dur: 20 };
    expect(await flowsOf([crossing, end('s', 1, 1), end('f', 2, 38)])).toEqual(['launch A @ 1 -> crossing @ 38']);
    expect(await flowsOf([crossing, end('s', 1, 1), end('f', 2, 45)])).toEqual(['launch A @ 1 -> crossing @ 45']);
  });

  test('binds to a slice without length at its time', async () => {
    const mark = { ph: 'X', name: 'mark', pid: 1, tid: 2, ts: 45, dur: 0 };
    expect(await flowsOf([mark, end('s', 1, 1), end('f', 2, 45)])).toEqual(['launch A @ 1 -> mark @ 45']);
  });
});

describe('an end without bp "e"', () => {
  const next = (ts: number): object => ({ ph: 'f', name: 'flow', cat: 'c', pid: 1, tid: 2, ts, id: 1 });

  test.each([
    [0, 'kernel A'],
    [30, 'kernel A'],
    [35, 'kernel B'],
    [45, 'kernel B'],
    [50, 'kernel B'],
    [55, '?'],
  ])('at %i binds to the slice that starts then or next', async (ts, name) => {
    expect(await flowsOf([end('s', 1, 0), next(ts)])).toEqual([
      `launch A @ 0 -> ${name} @ ${ts}`.replace(/@ 0$/, '@ 0'),
    ]);
  });
});

describe('starts and ends of one id', () => {
  test('one start may serve several ends', async () => {
    expect(await flowsOf([end('s', 1, 3), end('f', 2, 35), end('f', 2, 55)])).toEqual([
      'inner A @ 3 -> kernel A @ 35',
      'inner A @ 3 -> kernel B @ 55',
    ]);
  });

  test('an id may be used again: each end belongs to the latest start before it', async () => {
    expect(await flowsOf([end('s', 1, 1), end('f', 2, 21), end('s', 1, 25), end('f', 2, 55)])).toEqual([
      'launch A @ 1 -> ? @ 21',
      'launch B @ 25 -> kernel B @ 55',
    ]);
  });

  test('an end before every start belongs to the first one: the clocks disagree', async () => {
    expect(await flowsOf([end('f', 2, 35), end('s', 1, 41), end('s', 1, 43)])).toEqual([
      '? @ 41 -> kernel A @ 35',
      '? @ 43 -> nothing',
    ]);
  });

  test('steps make a chain', async () => {
    const chain = [end('s', 1, 1), end('t', 1, 21), end('t', 2, 31), end('f', 2, 51)];
    expect(await flowsOf(chain)).toEqual([
      'kernel A @ 31 -> kernel B @ 51',
      'launch A @ 1 -> launch B @ 21',
      'launch B @ 21 -> kernel A @ 31',
    ]);
  });

  test('a step may begin a chain, and may end it', async () => {
    expect(await flowsOf([end('t', 1, 1), end('t', 1, 21)])).toEqual([
      'launch A @ 1 -> launch B @ 21',
      'nothing -> launch A @ 1',
    ]);
  });

  test('what has no partner is kept with one side missing', async () => {
    expect(await flowsOf([end('s', 1, 1, { id: 1 }), end('f', 2, 31, { id: 2 })])).toEqual([
      'launch A @ 1 -> nothing',
      'nothing -> kernel A @ 31',
    ]);
  });
});

describe('ids', () => {
  const pair = (a: object, b: object): object[] => [end('s', 1, 1, a), end('f', 2, 31, b)];
  const bound = ['launch A @ 1 -> kernel A @ 31'];
  const apart = ['launch A @ 1 -> nothing', 'nothing -> kernel A @ 31'];

  test('are the same digits in quotes or not', async () => {
    expect(await flowsOf(pair({ id: 7 }, { id: '7' }))).toEqual(bound);
  });

  test('are compared to the last digit, far beyond 2^64', async () => {
    const id = '40004068119343529983';
    expect(await flowsOf(pair({ id }, { id }))).toEqual(bound);
    expect(await flowsOf(pair({ id }, { id: '40004068119343529984' }))).toEqual(apart);
  });

  test('belong to their category', async () => {
    expect(await flowsOf(pair({ id: 1, cat: 'a' }, { id: 1, cat: 'b' }))).toEqual(apart);
  });

  test('belong to their name in Chrome traces, and not in those of Ascend', async () => {
    const events = pair({ id: 1, name: 'a' }, { id: 1, name: 'b' });
    expect(await flowsOf(events)).toEqual(apart);
    expect(await flowsOf(events, 'ascend-msprof-json')).toEqual(bound);
  });

  test('of a process are its own, global ones are not', async () => {
    const elsewhere = { pid: 2, tid: 2 };
    const kernel = { ph: 'X', name: 'kernel C', ...elsewhere, ts: 30, dur: 10 };
    const local = { id2: { local: '0x1' } };
    const global = { id2: { global: '0x1' } };
    expect(await flowsOf([kernel, ...pair(global, { ...global, ...elsewhere })])).toEqual([
      'launch A @ 1 -> kernel C @ 31',
    ]);
    expect(await flowsOf([kernel, ...pair(local, { ...local, ...elsewhere })])).toEqual([
      'launch A @ 1 -> nothing',
      'nothing -> kernel C @ 31',
    ]);
    expect(await flowsOf(pair(local, local))).toEqual(bound);
  });
});

describe('bind_id', () => {
  const bind = (name: string, ts: number, fields: object): object => ({
    ph: 'X',
    name,
    pid: 1,
    tid: 3,
    ts,
    dur: 5,
    bind_id: '0x1',
    ...fields,
  });

  test('makes slices themselves the ends of arrows', async () => {
    expect(
      await flowsOf([
        bind('produce', 100, { flow_out: true }),
        bind('pass on', 110, { flow_in: true, flow_out: true }),
        bind('consume', 120, { flow_in: 'true' }),
      ]),
    ).toEqual(['pass on @ 110 -> consume @ 120', 'produce @ 100 -> pass on @ 110']);
  });

  test('without a direction is none', async () => {
    expect(await flowsOf([bind('a', 100, {}), bind('b', 110, { flow_in: false })])).toEqual([]);
  });

  test('is another world than the ids of flow events', async () => {
    expect(await flowsOf([bind('produce', 100, { flow_out: true, cat: 'c' }), end('f', 2, 31, { id: '0x1' })])).toEqual(
      ['nothing -> kernel A @ 31', 'produce @ 100 -> nothing'],
    );
  });
});
