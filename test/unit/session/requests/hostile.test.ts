// What comes over HTTP or from a URL may be anything.
import { beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../../src/base/index.ts';
import { answer, HANDLERS, type ViewedRun } from '../../../../src/session/requests/index.ts';
import { viewedPlanted } from '../../../support/viewed-runs.ts';

let viewed: ViewedRun;
beforeAll(async () => {
  viewed = await viewedPlanted({ rank: 0, tasks: [{ name: 'MatMul', stream: 2, startNs: 0, endNs: 100 }] });
});

async function refusal(name: string, ask: unknown): Promise<UsageError> {
  const result: unknown = await answer(viewed, name, ask).catch((error: unknown) => error);
  if (result instanceof UsageError) return result;
  throw new Error(`${name} was answered, or failed otherwise: ${String(result)}`);
}

describe('a request that nobody knows', () => {
  it.each(['', 'nothing', '__proto__', 'constructor', 'toString', 'Slice'])('is refused: %j', async (name) => {
    const { code, message } = await refusal(name, {});
    expect(code).toBe('request_unknown');
    expect(message).toContain('expected one of run,');
    expect(message).toContain(`found ${JSON.stringify(name)}`);
  });

  it('is told from one that was meant', async () => {
    expect((await refusal('slise', {})).hint).toBe('was slice meant?');
  });

  it('is not repeated at any length', async () => {
    expect((await refusal('x'.repeat(1e6), {})).message.length).toBeLessThan(300);
  });
});

describe('an ask of the wrong shape', () => {
  it.each(Object.keys(HANDLERS))('is refused by %s: no object', async (name) => {
    for (const ask of [undefined, null, 3, 'text', [], [{}], () => 1]) {
      expect((await refusal(name, ask)).code).toBe('ask_wrong');
    }
  });

  it.each(Object.keys(HANDLERS))('is refused by %s: fields that it does not know', async (name) => {
    expect((await refusal(name, { sql: 1 })).message).toContain('found "sql"');
    expect((await refusal(name, JSON.parse('{"__proto__": {"track": 0}}'))).message).toContain('found "__proto__"');
  });

  it.each([
    ['slice', { track: '0', slice: 0 }, 'slice.track: expected the number of a track, of which there are'],
    ['slice', { track: 0.5, slice: 0 }, 'found 0.5'],
    ['slice', { track: -1, slice: 0 }, 'found -1'],
    ['slice', { track: 1e9, slice: 0 }, 'found 1000000000'],
    ['slice', { track: Number.NaN, slice: 0 }, 'found NaN'],
    ['slice', { track: 0 }, 'slice.slice: expected a whole number from 0 to 4294967295, found nothing'],
    ['slice', Object.create({ track: 0, slice: 0 }), 'found nothing'],
    ['neighbour', { track: 0, slice: 0, direction: 2 }, 'neighbour.direction: expected one of -1, 1, found 2'],
    ['find', { text: ['a'], limit: 1 }, 'find.text: expected a text, found a list of 1'],
    ['find', { text: 'a', limit: Infinity }, 'found Infinity'],
    ['instances', { by: 'type', key: null, limit: 1 }, 'instances.key: expected a text, found null'],
    ['instances', { by: { arg: 3 }, key: '', limit: 1 }, 'instances.by.arg: expected a text, found 3'],
    ['bubble', { device: 7, kind: 'device', row: 0 }, 'bubble.device: expected the number of a device'],
    ['bubble', { device: 0, kind: '__proto__', row: 0 }, 'expected one of device, compute, stream'],
    ['nextBubble', { afterNs: Number.NaN, kind: 'device', leastNs: 0 }, 'nextBubble.afterNs: expected a time in ns'],
    [
      'window',
      { startNs: -1.7e308, endNs: 1.7e308, columnCount: 1, tracks: [0], colourBy: 'kind' },
      'window.startNs: expected a time in ns',
    ],
    ['counters', { startNs: 0, endNs: 2 ** 53, columnCount: 1, tracks: [0] }, 'counters.endNs: expected a time in ns'],
    ['selection', { startNs: -Infinity, endNs: 1, tracks: [0] }, 'selection.startNs: expected a time in ns'],
    ['selection', { startNs: 0, endNs: 1, tracks: [0, 'x'] }, 'selection.tracks[1]: expected the number of a track'],
    ['selection', { startNs: 0, endNs: 1, tracks: { 0: 0 } }, 'selection.tracks: expected a list, found an object'],
    ['selection', { startNs: 2, endNs: 1, tracks: [] }, 'endNs: expected a time after startNs 2, found 1'],
    [
      'window',
      { startNs: 0, endNs: 1, columnCount: 1e9, tracks: [0], colourBy: 'kind' },
      'window.columnCount: expected a whole number from 1 to 8192',
    ],
    ['devices', { startNs: 1, endNs: 1, columnCount: 1, kind: 'device' }, 'endNs: expected a time after startNs 1'],
    ['report', { language: 'de', sections: [] }, 'report.language: expected one of en, zh, found "de"'],
    ['report', { language: 'en', sections: ['all'] }, 'report.sections[0]: expected one of metrics, token,'],
  ])('%s %j is refused with what was expected', async (name, ask, message) => {
    const refused = await refusal(name, ask);
    expect(refused.code).toBe('ask_wrong');
    expect(refused.message).toContain(message);
  });

  it('names a grouping that there is not as the command line does', async () => {
    expect((await refusal('instances', { by: 'colour', key: '', limit: 1 })).code).toBe('grouping_unknown');
  });

  it('is refused where the slice is on another track', async () => {
    const { message } = await refusal('slice', { track: 0, slice: 5 });
    expect(message).toMatch(
      /^slice: expected (none, as the track has no slices|a slice of track 0, 0 to \d+), found 5$/,
    );
  });
});
