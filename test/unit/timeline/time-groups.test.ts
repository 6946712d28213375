import { describe, expect, test } from 'vitest';
import { plainSamples, plainSlices } from '../../support/plain-timeline.ts';
import { eventArray, readEvents } from '../../support/reading.ts';

const slice = (name: string, ts: string, dur = '1'): string =>
  `{"ph":"X","name":"${name}","pid":1,"tid":1,"ts":${ts},"dur":${dur}}`;
const epoch = '1736408883688177';

describe('times of two worlds in one file', () => {
  test('the smaller group is lost, each event counted and located', async () => {
    const events = [
      slice('stray', '0'),
      slice('a', `${epoch}.930`),
      slice('b', `${epoch}.931`),
      slice('c', `${epoch}.932`),
      slice('stray too', '5'),
    ];
    const { timeline, diagnostics } = await readEvents('chrome-json', events);
    expect(timeline.originNs).toBe(1736408883688177930n);
    expect(plainSlices(timeline).map(({ name, startNs }) => [name, startNs])).toEqual([
      ['a', 1736408883688177930n],
      ['b', 1736408883688177931n],
      ['c', 1736408883688177932n],
    ]);
    const text = eventArray(events);
    expect(diagnostics.list()).toMatchObject([
      {
        kind: 'time_far_away',
        severity: 'data_loss',
        count: 2,
        places: [
          { place: { path: 'trace.json', offset: text.indexOf('{"ph":"X","name":"stray"') } },
          { place: { path: 'trace.json', offset: text.indexOf('{"ph":"X","name":"stray too"') } },
        ],
      },
    ]);
  });

  test('the larger group wins though the smaller one comes first', async () => {
    const many = Array.from({ length: 20 }, (_, i) => slice(`far ${i}`, String(i)));
    const { timeline, diagnostics } = await readEvents('chrome-json', [slice('a', epoch), ...many]);
    expect(timeline.originNs).toBe(0n);
    expect(timeline.slices.length).toBe(20);
    expect(diagnostics.list()).toMatchObject([{ kind: 'time_far_away', count: 1 }]);
  });

  test('all of a lost group is counted, the first ten of it are located', async () => {
    const strays = Array.from({ length: 15 }, (_, i) => slice('stray', String(i)));
    const rest = Array.from({ length: 16 }, (_, i) => slice('a', `${epoch}.${i}`));
    const { diagnostics } = await readEvents('chrome-json', [...strays, ...rest]);
    const [{ count, places }] = diagnostics.list();
    expect([count, places.length]).toEqual([15, 10]);
  });

  test('an event whose times are all bad is counted once', async () => {
    const stray = { ph: 'C', name: 'c', pid: 1, ts: 0, args: { a: 1, b: 2 } };
    const { diagnostics, timeline } = await readEvents('chrome-json', [
      slice('a', epoch),
      slice('b', epoch),
      slice('c', epoch),
      stray,
    ]);
    expect(plainSamples(timeline)).toEqual([]);
    expect(diagnostics.countOf('time_far_away')).toBeGreaterThanOrEqual(1);
  });
});

describe('times far apart but of one world', () => {
  test('are exact to the ns over seven weeks', async () => {
    const { timeline, diagnostics } = await readEvents('chrome-json', [
      slice('first', '1736408883688177.001'),
      slice('weeks later', '1740900000000000.999', '0.001'),
    ]);
    expect(plainSlices(timeline).map(({ startNs }) => startNs)).toEqual([1736408883688177001n, 1740900000000000999n]);
    expect(BigInt(timeline.endNs)).toBe(1740900000000001000n - 1736408883688177001n);
    expect(diagnostics.list()).toEqual([]);
  });

  test.each([
    ['longer than the reach of exact offsets', '0', '4600000000000'],
    ['months long', '0', '8999999999999'],
  ])('a slice that is %s is lost and located', async (_, ts, dur) => {
    const { timeline, diagnostics } = await readEvents('chrome-json', [
      slice('a', '1'),
      slice('long', ts, dur),
      slice('b', '4400000000000'),
    ]);
    expect(plainSlices(timeline).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(diagnostics.list()).toMatchObject([
      { kind: 'time_far_away', count: 1, places: [{ place: { path: 'trace.json' } }] },
    ]);
  });

  test('before the epoch are times like others', async () => {
    const { timeline } = await readEvents('chrome-json', [slice('a', '-1.5', '0.25'), slice('b', '1')]);
    expect(timeline.originNs).toBe(-1500n);
    expect(plainSlices(timeline).map(({ startNs, durNs }) => [startNs, durNs])).toEqual([
      [-1500n, 250],
      [1000n, 1000],
    ]);
  });
});
