// What rows of a database are joined by.
import { expect, test } from 'vitest';
import { readDatabase, stringTable, tasks } from '../../support/databases.ts';

test('a row that is joined with nothing has no connection, however the exporter spells that', async () => {
  const { timeline } = await readDatabase({
    STRING_IDS: stringTable('EVENT_WAIT'),
    TASK: tasks(
      { from: 1, to: 2, connection: 7 },
      { from: 3, to: 4, id: 1, connection: 4_294_967_295 },
      { from: 5, to: 6, id: 2, connection: -1 },
    ),
  });
  const column = timeline.slices.typed.get('connectionId');
  expect([0, 1, 2].map((slice) => column?.at(slice))).toEqual([7, Number.NaN, Number.NaN]);
});
