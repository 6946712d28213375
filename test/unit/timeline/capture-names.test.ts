import { expect, test } from 'vitest';
import { CaptureNames, NONE, partsOf } from '../../../src/timeline/index.ts';
import { runOf } from '../writers/run-of.ts';

const shards = (...captures: readonly (readonly [rank: number, path: string])[]) =>
  runOf(
    captures.map(([rank, capture]) => ({ processes: [{ name: 'NPU', side: 'device', rank, tracks: [] }], capture })),
  ).shards;

function namesOf(...captures: readonly (readonly [rank: number, path: string])[]): (string | undefined)[] {
  const names = new CaptureNames(shards(...captures));
  return captures.map(([rank, path]) => names.of(rank, path));
}

test('a rank with one capture needs no name for it, and one that nobody knows has that of its folder', () => {
  expect(namesOf([0, '/a/rank0'], [1, '/a/rank1'])).toEqual([undefined, undefined]);
  expect(namesOf([NONE, '/a/PROF_1'])).toEqual(['PROF_1']);
});

test('captures of one rank are called what their paths differ in', () => {
  expect(namesOf([0, '/a/prof_1'], [0, '/b/prof_2'], [1, '/c/prof_3'])).toEqual(['prof_1', 'prof_2', undefined]);
  expect(namesOf([0, '/a/run1/out/rank0'], [0, '/a/run2/out/rank0'])).toEqual(['run1', 'run2']);
  expect(namesOf([0, 'C:\\run1\\rank0'], [0, 'C:\\run2\\rank0'])).toEqual(['run1', 'run2']);
  expect(namesOf([0, '/a/x'], [0, '/b/x'], [0, '/b/y'])).toEqual(['a/x', 'b/x', 'b/y']);
  expect(namesOf([NONE, '/a/PROF_1'], [NONE, '/b/PROF_1'])).toEqual(['a', 'b']);
});

test('files are called without the endings that all of them have', () => {
  const files = ['node1_123.1700000000111', 'node1_456.1700000000222'];
  expect(namesOf(...files.map((name) => [NONE, `/a/${name}.pt.trace.json`] as const))).toEqual(files);
  expect(namesOf([0, 'a.17.pt.json'], [0, 'b.17.pt.json'])).toEqual(['a', 'b']);
  expect(namesOf([0, 'a.pt.json'], [0, 'a.b.pt.json'])).toEqual(['a', 'a.b']);
  expect(namesOf([0, '/x/.json'], [0, '/x/a.json'])).toEqual(['.json', 'a.json']);
  expect(namesOf([NONE, '/a/one.pt.trace.json'])).toEqual(['one.pt.trace.json']);
});

test('one that lies within the other has a name as well', () => {
  expect(namesOf([0, '/a'], [0, '/a/a'])).toEqual(['a', 'a/a']);
});

test('parts of a run are called so, too', () => {
  const parts = partsOf(shards([0, '/run1/rank0'], [0, '/run2/rank0'], [1, '/run1/rank1']));
  expect(parts.map(({ name }) => name)).toEqual(['rank 0 · run1', 'rank 0 · run2', 'rank 1']);
});
