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
