// The address of the page: what is looked at as text, and back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BUBBLE_CAUSES, BUBBLE_KINDS, MEASURES, PHASES } from '../../../src/analysis/index.ts';
import { addressOf, addressOfRun, runAt, stateAt } from '../../../viewer/address.ts';
import { PANELS, type ViewState } from '../../../viewer/state.ts';

const INITIAL: ViewState = {
  ...{ run: 0, startNs: 0, endNs: 1_000_000, selected: null, bubble: null, area: null, panel: 'summary' },
  ...{ colourBy: 'kind', trackFilter: '', collapsed: [0, 2], pinned: [], order: [], shifts: [], by: 'type' },
  ...{ opFilter: '', highlighted: null, cause: null, phase: null, search: '' },
  ...{ stackMeasure: 'host', stackSearch: '', stack: null, measured: null, compared: null, alignedStep: 1 },
};

const position = fc.integer({ min: 0, max: 2 ** 31 });
const times = fc
  .tuple(fc.integer({ min: -1e12, max: 2 ** 52 }), fc.integer({ min: 10, max: 1e12 }))
  .map(([startNs, length]) => ({ startNs, endNs: startNs + length }));
const text = fc.string({ maxLength: 100, unit: 'binary' });
const states: fc.Arbitrary<ViewState> = fc
  .record({
    times,
    rest: fc.record({
      run: fc.integer({ min: 0, max: 100 }),
      selected: fc.option(fc.record({ track: position, slice: position })),
      bubble: fc.option(
        fc.record(
          { kind: fc.constantFrom(...BUBBLE_KINDS), device: position, row: position, leastNs: position },
          { requiredKeys: ['kind', 'device', 'row'] },
        ),
      ),
      area: fc.option(
        fc.tuple(times, fc.array(position, { maxLength: 20 })).map(([time, tracks]) => ({ ...time, tracks })),
      ),
      panel: fc.constantFrom(...PANELS),
      colourBy: fc.constantFrom('kind' as const, 'name' as const),
      ...{ trackFilter: text, by: text, opFilter: text, search: text, highlighted: fc.option(text) },
      ...{ collapsed: fc.array(position, { maxLength: 20 }), pinned: fc.array(position, { maxLength: 20 }) },
      order: fc.array(position, { maxLength: 20 }),
      shifts: fc.array(fc.record({ rank: fc.integer({ min: -1, max: 100 }), shiftNs: fc.integer() }), { maxLength: 4 }),
      stackMeasure: fc.constantFrom(...MEASURES),
      ...{ stackSearch: text, measured: fc.option(text) },
      stack: fc.option(fc.record({ track: position, slice: position })),
      cause: fc.option(fc.constantFrom(...BUBBLE_CAUSES)),
      phase: fc.option(fc.constantFrom(...PHASES)),
      ...{ compared: fc.option(position), alignedStep: position },
    }),
  })
  .map(({ times: window, rest }) => ({ ...rest, ...window }));

describe('an address', () => {
  test('says of a state what is not as it is at first, and gives it back', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(stateAt(addressOf(state, INITIAL), INITIAL)).toEqual(state);
      }),
    );
  });

  test('is short where little was changed', () => {
    expect(addressOf(INITIAL, INITIAL)).toBe('#v=1');
    expect(addressOf({ ...INITIAL, panel: 'bubbles', endNs: 500 }, INITIAL)).toBe('#v=1&to=500&panel=bubbles');
  });

  test('writes neighbours as a range', () => {
    const collapsed = [...Array.from({ length: 500 }, (_, group) => group), 700];
    expect(addressOf({ ...INITIAL, collapsed }, INITIAL)).toBe('#v=1&closed=0-499.700');
  });

  test('tells no name from none, and both from a name that looks like none', () => {
    for (const highlighted of [null, '', '-', '--', '-x']) {
      expect(
        stateAt(addressOf({ ...INITIAL, highlighted }, { ...INITIAL, highlighted: 'x' }), INITIAL).highlighted,
      ).toBe(highlighted);
    }
  });

  test('of another version, or of none, means nothing', () => {
    for (const address of ['', '#', '#v=2&panel=bubbles', '#panel=bubbles']) {
      expect(stateAt(address, INITIAL)).toBe(INITIAL);
    }
  });

  test('names a run', () => {
    expect(runAt(addressOfRun(3))).toBe(3);
    const carried = { highlighted: '-', by: 'name', panel: 'compare', alignedStep: 1 } as const;
    expect(runAt(addressOfRun(3, carried))).toBe(3);
    expect(stateAt(addressOfRun(3, carried), INITIAL)).toEqual({ ...INITIAL, ...carried, run: 3 });
    expect(runAt('#v=1&run=-3')).toBe(0);
    expect(runAt('#run=3')).toBe(0);
  });
});

describe('an address that somebody made up', () => {
  test('changes nothing by what is no such value', () => {
    const hostile = [
      ...['from=1e3', 'from=NaN', 'to=99999999999999999999', 'slice=1', 'slice=1.2.3', 'slice=-1.2', 'slice=a.b'],
      ...['area=5_3_1', 'area=1_2_x', 'area=', 'panel=__proto__', 'panel=constructor', 'colour=toString'],
      ...[
        'closed=0-99999999',
        'closed=5-1',
        'closed=1-2-3',
        'pinned=1,2',
        'pinned=-1',
        'cause=x',
        'order=2-1',
        'bubble=1.2',
        'bubble=device.1',
        'bubble=toString.1.2',
        'bubble=device.1.2.3.4',
        'phase=',
        'stack=1',
        'stacks=toString',
      ],
      ...[`find=${'x'.repeat(501)}`, `tracks=${'x'.repeat(100_000)}`, 'run=1.5', '__proto__=1'],
    ];
    for (const each of hostile) expect(stateAt(`#v=1&${each}`, INITIAL), each.slice(0, 40)).toEqual(INITIAL);
  });

  test('keeps its good values', () => {
    expect(stateAt('#v=1&from=broken&panel=ranks&slice=7.9', INITIAL)).toEqual({
      ...INITIAL,
      panel: 'ranks',
      selected: { track: 7, slice: 9 },
    });
  });

  test('never ends before it starts', () => {
    const { startNs, endNs } = stateAt('#v=1&from=500&to=400', INITIAL);
    expect([startNs, endNs]).toEqual([INITIAL.startNs, INITIAL.endNs]);
  });

  test('gives some state, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (address) => {
        const state = stateAt(`#v=1&${address}`, INITIAL);
        expect(Object.keys(state).sort()).toEqual(Object.keys(INITIAL).sort());
        expect(state.endNs).toBeGreaterThan(state.startNs);
      }),
    );
  });
});
