// What the host did, by the blocks that bmlib writes: lists of calls, one of each kind, and notes beside them.
import { describe, expect, it } from 'vitest';
import { type HostEvent, hostEvents, withNotes } from '../../../src/readers/sophon/host/host-log.ts';
import { joined, longs, words } from '../../support/sophon-folder.ts';

const HEAD = longs(1000, 2000);
const NONE_OF_IT = words(0);
const CALLS = joined(words(2), words(7), longs(1100), words(8), longs(1150));
const SYNCS = joined(words(1), longs(1200, 1260));
const MARKS = joined(words(1), longs(77, 1300, 1310));
const copy = (direction: number): Uint8Array =>
  joined(longs(0x1000, 0x100000000n), words(direction, 4096), longs(1400, 1450));
const memory = (operation: number): Uint8Array => joined(longs(0x2000), words(512, operation), longs(1500, 1502));

const named = ({ list, name, beginMicros, endMicros }: HostEvent): string =>
  `${list}: ${name} ${beginMicros}..${endMicros ?? ''}`;

describe('calls of the host', () => {
  it('stand in five lists, with their times in microseconds', () => {
    const bytes = joined(HEAD, CALLS, SYNCS, MARKS, words(1), copy(0), words(1), memory(1));
    const { events, isCut } = hostEvents(bytes);
    expect(events.map(named)).toEqual([
      ...['api: api 7 1100..', 'api: api 8 1150..', 'sync: sync 1200..1260', 'mark: mark 77 1300..1310'],
      ...['copy: copy host to device 1400..1450', 'memory: memory free 1500..1502'],
    ]);
    expect(isCut).toBe(false);
  });

  it('say what was copied where, and how much', () => {
    const copies = joined(words(4), copy(0), copy(1), copy(2), copy(9));
    const { events } = hostEvents(joined(HEAD, NONE_OF_IT, NONE_OF_IT, NONE_OF_IT, copies));
    expect(events.map(({ name }) => name)).toEqual([
      ...['copy host to device', 'copy device to host', 'copy device to device', 'copy 9'],
    ]);
    expect(events[0].args).toEqual({ From: '0x1000', To: '0x100000000', 'size(B)': 4096 });
  });

  it('say what was done with which memory', () => {
    const all = joined(words(5), memory(0), memory(1), memory(2), memory(3), memory(9));
    const { events } = hostEvents(joined(HEAD, NONE_OF_IT, NONE_OF_IT, NONE_OF_IT, NONE_OF_IT, all));
    expect(events.map(({ name }) => name)).toEqual([
      ...['memory allocate', 'memory free', 'memory invalidate', 'memory flush', 'memory 9'],
    ]);
    expect(events[0].args).toEqual({ Address: '0x2000', 'size(B)': 512 });
  });
});

describe('lists that are not there', () => {
  it.each([
    ['all', HEAD, 0],
    ['the last three', joined(HEAD, CALLS, SYNCS), 3],
  ])('are no loss at the end: %s', (_, bytes, count) => {
    const { events, isCut } = hostEvents(bytes);
    expect([events.length, isCut]).toEqual([count, false]);
  });

  it.each([
    ['within an entry', joined(HEAD, CALLS, words(2), longs(1200, 1260), longs(1270)), 3],
    ['within a count', joined(HEAD, CALLS).subarray(0, -1), 1],
    ['by a count that is far too large', joined(HEAD, words(0xffffffff), words(7), longs(1100)), 1],
    ['in the middle of a count', joined(HEAD, CALLS, new Uint8Array(3)), 2],
  ])('are cut off %s: what is before is read', (_, bytes, count) => {
    const { events, isCut } = hostEvents(bytes);
    expect([events.length, isCut]).toEqual([count, true]);
  });
});

describe('notes', () => {
  const note = (list: number, index: number, text: string): Uint8Array => {
    const bytes = new TextEncoder().encode(text);
    return joined(words(list, index, bytes.length), bytes);
  };
  const { events } = hostEvents(joined(HEAD, CALLS, SYNCS, NONE_OF_IT, words(2), copy(0), copy(1)));
  const noted = (bytes: Uint8Array): string[] =>
    withNotes(events, bytes).map(({ list, args: { Note = '' } }) => `${list} ${Note}`.trim());

  it('stand beside calls, by the number of the list and the place in it', () => {
    const bytes = joined(note(3, 1, 'the second copy\0'), note(0, 0, 'übergeben'), note(1, 0, 'wait'));
    expect(noted(bytes)).toEqual(['api übergeben', 'api', 'sync wait', 'copy', 'copy the second copy']);
  });

  it('about nothing that is there, or cut off, change nothing', () => {
    const bytes = joined(note(9, 0, 'a'), note(3, 2, 'b'), note(0, 1, 'c'), note(1, 0, 'cut off').subarray(0, -1));
    expect(noted(bytes)).toEqual(['api', 'api c', 'sync', 'copy', 'copy']);
  });
});
