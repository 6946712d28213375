// What tells several runs apart.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesApart } from '../../../viewer/run-names.ts';

describe('names of runs', () => {
  test.each([
    [['/data/captures/before/PROF_1'], ['PROF_1']],
    [
      ['/data/level0', '/data/level1'],
      ['level0', 'level1'],
    ],
    [
      ['/data/before/rank0/trace.json', '/data/after/rank0/trace.json'],
      ['before', 'after'],
    ],
    [
      ['/data/node1_123.17.pt.trace.json', '/data/node1_456.18.pt.trace.json'],
      ['node1_123.17', 'node1_456.18'],
    ],
    [
      ['a/one/x/p', 'a/two/y/p'],
      ['one/x', 'two/y'],
    ],
    [
      ['C:\\runs\\old', 'C:\\runs\\new'],
      ['old', 'new'],
    ],
    [
      ['run', 'run/again'],
      ['run', 'run/again'],
    ],
    [
      ['same', 'same'],
      ['1: same', '2: same'],
    ],
    [[''], ['']],
    [[], []],
  ])('%j are %j', (paths, names) => {
    expect(namesApart(paths)).toEqual(names);
  });

  test('differ from one another, whatever the paths', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 5 }), (paths) => {
        expect(new Set(namesApart(paths)).size).toBe(paths.length);
      }),
    );
  });
});
