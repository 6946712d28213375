import { expect, test } from 'vitest';
import { jobsOf, NONE } from '../../../src/timeline/index.ts';

const member = (rank: number, capture: string, startNs?: number) => ({
  ...{ rank, capture },
  time: startNs === undefined ? undefined : { startNs, endNs: startNs + 10 },
});

test('ranks with a capture each are one job, however far apart their clocks are', () => {
  expect(jobsOf([member(0, 'a', 0), member(1, 'b', 1000), member(NONE, 'c', 5), member(NONE, 'd', 5)])).toEqual([
    0, 0, 0, 0,
  ]);
});

test('two captures of a rank are two jobs, and other ranks are of the one at whose time they ran', () => {
  const late = [member(0, 'b', 1000), member(1, 'd', 1005)];
  expect(jobsOf([member(0, 'a', 0), late[0], late[1], member(1, 'c', 3)])).toEqual([0, 1, 1, 0]);
});

test('a rank that ran at no other time is a job of its own', () => {
  expect(jobsOf([member(0, 'a', 0), member(0, 'b', 1000), member(1, 'c', 500)])).toEqual([0, 1, 2]);
});

test('a rank whose time nobody knows is of the first job that lacks it', () => {
  expect(jobsOf([member(0, 'a', 0), member(0, 'b', 1000), member(1, 'c'), member(1, 'd')])).toEqual([0, 1, 0, 1]);
});

test('devices of one rank and capture are of one job', () => {
  expect(jobsOf([member(0, 'a', 0), member(0, 'a', 2), member(0, 'b', 1)])).toEqual([0, 0, 1]);
});
