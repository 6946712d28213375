// Which ranks of a job communicate with one another, as its ranks know it.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processGroups } from '../../src/analysis/index.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import { fixtureTruth, FOLDER_FIXTURES } from '../support/fixtures.ts';
import { fixturesRoot } from '../support/project.ts';

interface Truth {
  readonly groups: readonly { readonly role: string; readonly ranks: readonly number[] }[];
}

test('every group of a job is known once, whatever many ranks know of it', async () => {
  const { run } = await openRun(
    [join(fixturesRoot, FOLDER_FIXTURES, 'ascend-pt-ranks')],
    new NodeHost(),
    {},
    new Diagnostics(),
  );
  const { groups } = fixtureTruth<Truth>(FOLDER_FIXTURES, 'ascend-pt-ranks');
  const texts = (all: readonly { name: string; ranks: readonly number[] }[]): string[] =>
    all.map(({ name, ranks }) => `${name} ${ranks.join(',')}`).sort();
  expect(texts(processGroups(run))).toEqual(texts(groups.map(({ role, ranks }) => ({ name: role, ranks }))));
  expect(processGroups(run)[0]).toEqual({ name: 'default_group', ranks: [0, 1, 2, 3] });
});
