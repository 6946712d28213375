// Of the copies of one run that Sophon's tools leave, the one is read that holds most, and the others are named.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtureCaptures } from '../support/fixtures.ts';
import { folderWith, open, roles, sliceCount } from '../support/opening.ts';

function filesOf(readerId: string, caseName: string, folder = ''): Record<string, Uint8Array> {
  const captures = fixtureCaptures().filter((each) => each.readerId === readerId && each.caseName === caseName);
  const files = captures.flatMap(({ files: own }) =>
    own.map(({ path, bytes }) => [join(folder, path), bytes] as const),
  );
  expect(files.length).toBeGreaterThan(0);
  return Object.fromEntries(files);
}

const listings = (folder: string): Record<string, Uint8Array> => filesOf('sophon-reg-info', 'bm1688', folder);
const web = (folder: string): Record<string, Uint8Array> => filesOf('sophon-profile-data', 'perf-web', folder);
const doc = (folder: string): Record<string, Uint8Array> => filesOf('sophon-result-csv', 'perf-doc', folder);

/** A raw folder with records of the TIU and without commands, as a capture of times alone leaves it. */
function rawFolder(folder: string, chip = 'arch=5'): Record<string, Uint8Array | string> {
  const records = [3, 64, ...[0, 1, 2, 3].flatMap((id) => [100 * id + 1, 100 * id + 50, id, 0])];
  return {
    [join(folder, 'global.profile')]: `${chip}\ntpu_freq=1000\n`,
    [join(folder, 'cdmlib0_0.profile')]: new Uint8Array(Uint32Array.from(records).buffer),
  };
}
const RAW = 'cdm_profile_data_dev0-0';
const NAMELESS =
  '__TIU_REG_INFO__\n\tFunction Name: unknown\n\tFunction Type: unknown\n\tStart Cycle: 1\n\tEnd Cycle: 50\n';

describe('a raw folder', () => {
  it('is read before what the tool made of it, in it, around it or beside it', async () => {
    for (const place of [join(RAW, 'out'), RAW, '.', 'result_out', 'profile_out']) {
      const folder = folderWith({ ...rawFolder(RAW), [join(place, 'tiuRegInfo_0.txt')]: NAMELESS });
      const opened = await open(folder);
      expect(Object.values(roles(opened, folder)).sort(), place).toEqual(['copy', 'read', 'read']);
      expect(sliceCount(opened)).toBe(4);
    }
  });

  it('gives way to results that name what ran where it cannot', async () => {
    const folder = folderWith({ ...rawFolder(RAW), ...listings('result_out'), ...web('result_out') });
    const opened = await open(folder);
    expect(roles(opened, folder)).toMatchObject({
      [`${RAW}/global.profile`]: 'copy',
      [`${RAW}/cdmlib0_0.profile`]: 'copy',
      'result_out/tiuRegInfo_0.txt': 'read',
      'result_out/PerfWeb/profile_data.js': 'copy',
    });
    expect(opened.files.find(({ path }) => path.endsWith('global.profile'))?.why).toContain('without their names');
    expect(opened.run.shards.map(({ readerId }) => readerId)).toEqual(['sophon-reg-info']);
  });

  it('of a chip that is not known gives way to results, wherever they lie', async () => {
    for (const place of [join(RAW, 'result_out'), RAW, 'result_out', '.']) {
      const folder = folderWith({ ...rawFolder(RAW, 'arch=77'), ...listings(place), ...web(place) });
      const opened = await open(folder);
      expect(roles(opened, folder), place).toMatchObject({
        [`${RAW}/cdmlib0_0.profile`]: 'skipped',
        [join(place, 'tiuRegInfo_0.txt')]: 'read',
        [join(place, 'PerfWeb/profile_data.js')]: 'copy',
      });
      const lost = opened.diagnostics.list().find(({ kind }) => kind === 'file_unreadable');
      expect(lost?.places[0].place.field).toBe('arch');
    }
  });

  it('of a chip that is not known, alone, is refused with what may read it', async () => {
    await expect(open(folderWith(rawFolder(RAW, 'arch=77')))).rejects.toMatchObject({
      ...{ code: 'unknown_chip', found: '77', hint: expect.stringMatching(/bigTpuProfile/) },
    });
  });

  it('and results elsewhere have nothing to do with each other', async () => {
    const folder = folderWith({ ...rawFolder(join('a', RAW)), ...listings('b') });
    expect(Object.values(roles(await open(folder), folder))).not.toContain('copy');
  });
});

describe('results of one run', () => {
  it('are read from listings before pages and tables', async () => {
    const folder = folderWith({ ...listings('out'), ...web('out'), ...doc('out') });
    const opened = await open(folder);
    expect(roles(opened, folder)).toEqual({
      'out/tdmaRegInfo_0.txt': 'read',
      'out/tdmaRegInfo_1.txt': 'read',
      'out/tiuRegInfo_0.txt': 'read',
      'out/tiuRegInfo_1.txt': 'read',
      'out/PerfWeb/profile_data.js': 'copy',
      'out/PerfDoc/PerfAI_output.csv': 'copy',
    });
    const why = opened.files.find(({ path }) => path.endsWith('profile_data.js'))?.why;
    expect(why).toContain('tdmaRegInfo_0.txt once more');
    expect(opened.diagnostics.countOf('copy_skipped')).toBe(2);
  });

  it('are read from pages where there are no listings', async () => {
    const folder = folderWith({ ...web('out'), ...doc('out') });
    expect(roles(await open(folder), folder)).toEqual({
      'out/PerfWeb/profile_data.js': 'read',
      'out/PerfDoc/PerfAI_output.csv': 'copy',
    });
  });

  it('are read from the next best where the best cannot be read', async () => {
    const folder = folderWith({ 'out/tiuRegInfo_0.txt': '__CHIP_ARCH_ARGS__\n\tChip Arch: x\n', ...web('out') });
    const opened = await open(folder);
    expect(roles(opened, folder)).toEqual({ 'out/tiuRegInfo_0.txt': 'skipped', 'out/PerfWeb/profile_data.js': 'read' });
    expect(sliceCount(opened)).toBeGreaterThan(0);
  });

  it('in folders of their own are runs of their own', async () => {
    const folder = folderWith({ ...listings('a'), ...web('b') });
    expect(Object.values(roles(await open(folder), folder))).not.toContain('copy');
  });

  it('that are named are all read', async () => {
    const folder = folderWith({ ...web(''), ...doc('') });
    const named = ['PerfWeb/profile_data.js', 'PerfDoc/PerfAI_output.csv'].map((path) => join(folder, path));
    expect(Object.values(roles(await open(...named), folder))).toEqual(['read', 'read']);
  });
});
