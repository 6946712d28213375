// What devices are called: by their makers' word, the same in reports of both languages, in the viewer and in outputs.
import { describe, expect, it } from 'vitest';
import { deviceLabel, deviceWordOf } from '../../src/base/index.ts';
import { textsFor } from '../../src/report/texts.ts';
import { commonDeviceWord } from '../../src/timeline/index.ts';
import { asked, viewedFixture } from '../support/viewed-runs.ts';
import { runOf } from '../support/runs.ts';
import { readText } from '../support/reading.ts';

describe('a label', () => {
  it.each([
    ['NPU', 'NPU'],
    ['NPU 5', 'NPU'],
    ['GPU 12', 'GPU'],
    ['TPU', 'TPU'],
    ['', undefined],
    ['Gpu 0', undefined],
    ['NPU 5, busy', undefined],
    ['GPU x', undefined],
  ])('%j says %s', (label, word) => {
    expect(deviceWordOf(label)).toBe(word);
  });
});

describe.each([
  ['sophon-raw/bm1684x', 'Sophon TPU', 'TPU'],
  ['sophon-reg-info', 'Sophon TPU', 'TPU'],
  ['perfetto-trace/sophon', 'TPU', 'TPU'],
  ['torch-kineto/cuda-2025', 'NVIDIA GPU', 'GPU'],
  ['ascend-msprof-json/legacy-2022', 'Ascend NPU', 'NPU'],
  ['ascend-op-csv/level0', 'Ascend NPU', 'NPU'],
])('of %s', (folder, device, word) => {
  it(`devices are ${device}, and each is called ${word} wherever it is named`, async () => {
    const viewed = await viewedFixture(folder);
    const { document } = (await asked(viewed, 'report', { language: 'en', sections: ['totals'] })).json;
    expect(document.environment.device).toBe(device);
    for (const language of ['en', 'zh'] as const) {
      const { sentences } = textsFor(document, language);
      expect(deviceLabel({ rank: null, capture: null, device: 3 }, sentences)).toBe(`${word} 3`);
    }
    const { devices } = (await asked(viewed, 'run', {})).json;
    expect(devices.length).toBeGreaterThan(0);
    for (const { label } of devices) expect(label).toMatch(new RegExp(`(^| · )${word}( \\d|$| ·)`));
  });
});

describe('where nothing tells, or devices are not alike', () => {
  const capture = (label: string) =>
    readText(
      'torch-kineto',
      JSON.stringify({
        schemaVersion: 1,
        traceEvents: [
          { ph: 'M', name: 'process_labels', pid: 1, args: { labels: label } },
          { ph: 'X', cat: 'kernel', name: 'k', pid: 1, tid: 7, ts: 1, dur: 1 },
        ],
      }),
    );

  it('they are devices', async () => {
    const [gpu, musa] = [await capture('GPU 0'), await capture('MUSA 0')].map(({ timeline }) => timeline);
    expect(commonDeviceWord(runOf(gpu, gpu).shards)).toBe('GPU');
    expect(commonDeviceWord(runOf(musa).shards)).toBe('MUSA');
    expect(commonDeviceWord(runOf(gpu, musa).shards)).toBeUndefined();
    const document = { environment: { device: null } } as unknown as Parameters<typeof textsFor>[0];
    const said = (['en', 'zh'] as const).map((language) => textsFor(document, language).sentences.device('3'));
    expect(said).toEqual(['device 3', '设备 3']);
  });
});
