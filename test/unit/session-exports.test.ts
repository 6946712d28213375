import { describe, expect, it } from 'vitest';
import { groupExports } from '../../src/session/ascend-exports.ts';
import { findRawCaptures } from '../../src/session/unexported.ts';

/** The groups of files in a folder, as names; `folder` defaults to one PROF output. */
function grouped(names: readonly string[], folder = '/run/PROF_1/mindstudio_profiler_output'): string[][] {
  const files = names.map((name) => ({ absolutePath: name.startsWith('/') ? name : `${folder}/${name}` }));
  return groupExports(files).map((each) =>
    each.files.map(({ absolutePath }) => absolutePath.replace(`${folder}/`, '')),
  );
}

describe('files of one export', () => {
  it('keeps exports of different times apart', () => {
    expect(grouped(['msprof_20260823165334.json', 'msprof_20260824101112.json'])).toEqual([
      ['msprof_20260823165334.json'],
      ['msprof_20260824101112.json'],
    ]);
  });

  it('puts the slices of one export together, by their numbers', () => {
    expect(
      grouped([
        'msprof_slice_10_20260823165334.json',
        'msprof_slice_0_20260823165334.json',
        'msprof_slice_2_20260823165334.json',
        'msprof_slice_1_20260823165334.json',
      ]),
    ).toEqual([
      [
        'msprof_slice_0_20260823165334.json',
        'msprof_slice_1_20260823165334.json',
        'msprof_slice_2_20260823165334.json',
        'msprof_slice_10_20260823165334.json',
      ],
    ]);
  });

  it('knows a slice written a second later from the slices of a second export', () => {
    expect(
      grouped([
        'msprof_slice_0_20260823165334.json',
        'msprof_slice_1_20260823165335.json',
        'msprof_slice_0_20260823170000.json',
        'msprof_slice_1_20260823170000.json',
      ]),
    ).toEqual([
      ['msprof_slice_0_20260823165334.json', 'msprof_slice_1_20260823165335.json'],
      ['msprof_slice_0_20260823170000.json', 'msprof_slice_1_20260823170000.json'],
    ]);
  });

  it('joins msprof_tx to the export of the nearest time, across midnight too', () => {
    expect(
      grouped([
        'msprof_20260823235958.json',
        'msprof_20260823120000.json',
        'msprof_tx_20260824000001.json',
        'msprof_tx_20260823120001.json',
      ]),
    ).toEqual([
      ['msprof_20260823235958.json', 'msprof_tx_20260824000001.json'],
      ['msprof_20260823120000.json', 'msprof_tx_20260823120001.json'],
    ]);
  });

  it('leaves msprof_tx on its own where there is nothing to join', () => {
    expect(grouped(['msprof_tx_20260823165334.json'])).toEqual([['msprof_tx_20260823165334.json']]);
    const inTwoFolders = ['/a/msprof_20260823165334.json', '/b/msprof_tx_20260823165334.json'];
    expect(grouped(inTwoFolders)).toEqual(inTwoFolders.map((path) => [path]));
  });

  it('puts the slices of an old per-iteration file together, each iteration by itself', () => {
    expect(
      grouped(['msprof_0_1_1_slice_1.json', 'msprof_0_1_2.json', 'msprof_0_1_1_slice_0.json', 'msprof_1_1_1.json']),
    ).toEqual([
      ['msprof_0_1_1_slice_0.json', 'msprof_0_1_1_slice_1.json'],
      ['msprof_0_1_2.json'],
      ['msprof_1_1_1.json'],
    ]);
  });

  it('treats compressed files and foreign names alike, and loses none', () => {
    const names = ['msprof_20260823165334.json.gz', 'trace_view.json', 'msprof_tx_20260823165335.json.gz', 'mine.json'];
    expect(grouped(names).flat().sort()).toEqual([...names].sort());
    expect(grouped(names)).toContainEqual(['msprof_20260823165334.json.gz', 'msprof_tx_20260823165335.json.gz']);
  });

  it('sees trace_view.json and the msprof export inside the same torch_npu folder as possible copies', () => {
    const groups = groupExports([
      { absolutePath: '/r/x_ascend_pt/PROF_1/mindstudio_profiler_output/msprof_20260823165334.json' },
      { absolutePath: '/r/x_ascend_pt/ASCEND_PROFILER_OUTPUT/trace_view.json' },
    ]);
    expect(groups.map(({ home }) => home)).toEqual(['/r/x_ascend_pt', '/r/x_ascend_pt']);
    const newest = groups.sort((a, b) => ((a.newness ?? '') < (b.newness ?? '') ? 1 : -1))[0];
    expect(newest.files[0].absolutePath).toMatch(/trace_view\.json$/);
  });
});

describe('raw captures that were never exported', () => {
  it('names the vendor command for a PROF folder', () => {
    const paths = [
      '/d/PROF_1_A/device_0/data/x.slice_0',
      '/d/PROF_1_A/host/data/y.slice_0',
      '/d/PROF_1_A/host/info.json',
    ];
    expect(findRawCaptures(paths, [])).toEqual([
      { folder: '/d/PROF_1_A', command: 'msprof --export=on --output=/d/PROF_1_A' },
    ]);
  });

  it('names the analysis for a torch_npu folder, quoted for the shell', () => {
    const [raw] = findRawCaptures(["/d/it's $5_ascend_pt/PROF_1_A/device_0/data/x"], []);
    expect(raw.folder).toBe("/d/it's $5_ascend_pt");
    expect(raw.command).toBe(
      `python -c "from torch_npu.profiler.profiler import analyse; analyse('/d/it\\'s \\$5_ascend_pt')"`,
    );
  });

  it('quotes a PROF folder with spaces', () => {
    expect(findRawCaptures(['/my data/PROF_1/device_0/data/x'], [])[0].command).toBe(
      "msprof --export=on --output='/my data/PROF_1'",
    );
  });

  it('says nothing of a folder that holds its export', () => {
    const trace = '/d/PROF_1/mindstudio_profiler_output/msprof_20260823165334.json';
    expect(findRawCaptures(['/d/PROF_1/device_0/data/x', trace], [trace])).toEqual([]);
  });
});
