// One question at a time, and the newest wins.
import { expect, test } from 'vitest';
import { Latest } from '../../../viewer/timeline/latest.ts';

function asked() {
  const [sent, answered, failed]: [number[], number[], unknown[]] = [[], [], []];
  const waiting: { resolve: () => void; reject: (why: Error) => void }[] = [];
  const latest = new Latest<number, number>(
    (ask) => {
      sent.push(ask);
      return new Promise((resolve, reject) => waiting.push({ resolve: () => resolve(ask), reject }));
    },
    (answer) => answered.push(answer),
    (why) => failed.push(why),
  );
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return { latest, sent, answered, failed, waiting, settle };
}

test('what is wanted while a question is under way waits, and only the newest of it is asked', async () => {
  const { latest, sent, answered, waiting, settle } = asked();
  for (const each of [1, 2, 3]) latest.want(each);
  expect(sent).toEqual([1]);
  waiting[0].resolve();
  await settle();
  expect(sent).toEqual([1, 3]);
  waiting[1].resolve();
  await settle();
  expect(answered).toEqual([1, 3]);
  expect(latest.isBusy).toBe(false);
});

test('a question that fails is told and stops nothing', async () => {
  const { latest, failed, answered, waiting, settle } = asked();
  latest.want(1);
  latest.want(2);
  waiting[0].reject(new Error('gone'));
  await settle();
  waiting[1].resolve();
  await settle();
  expect([failed.length, answered]).toEqual([1, [2]]);
});

test('after it was stopped no answer arrives', async () => {
  const { latest, answered, waiting, settle } = asked();
  latest.want(1);
  latest.stop();
  waiting[0].resolve();
  await settle();
  expect(answered).toEqual([]);
});

test('what waits is asked after a rest, and what is newest by then', async () => {
  const [sent, rests]: [number[], (() => void)[]] = [[], []];
  const latest = new Latest<number, number>(
    async (ask) => sent.push(ask),
    () => undefined,
    () => undefined,
    () => new Promise((resolve) => rests.push(() => resolve(undefined))),
  );
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  latest.want(1);
  latest.want(2);
  await settle();
  latest.want(3);
  expect(sent).toEqual([1]);
  rests[0]();
  await settle();
  expect(sent).toEqual([1, 3]);
  expect(rests).toHaveLength(1);
});
