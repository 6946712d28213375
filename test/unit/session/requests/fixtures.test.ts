// Whatever was captured can be asked everything, and the answers travel.
import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../../../src/report/index.ts';
import { answer, decodeAnswer, encodeAnswer, type HANDLERS, prepare } from '../../../../src/session/requests/index.ts';
import { FOLDER_FIXTURES, fixtureCases } from '../../../support/fixtures.ts';
import { viewedFixture } from '../../../support/viewed-runs.ts';

const cases = [FOLDER_FIXTURES, 'torch-kineto', 'chrome-json', 'ascend-task-csv', 'ascend-communication-json'].flatMap(
  (reader) => fixtureCases(reader).map((name) => `${reader}/${name}`),
);

describe.each(cases)('%s', (folder) => {
  it('answers every request', async () => {
    const viewed = await viewedFixture(folder);
    prepare(viewed);
    const slices = viewed.tracks.map(({ shard, track }) => shard.timeline.sliceRange[track]);
    const hasSlices = viewed.tracks.map(({ shard, track }, at) => shard.timeline.sliceRange[track + 1] > slices[at]);
    const track = hasSlices.indexOf(true);
    const of = track < 0 ? [] : [{ track, slice: slices[track] }];
    const tracks = [...viewed.tracks.keys()];
    const window = { startNs: 0, endNs: viewed.run.endNs + 1, columnCount: 16 };
    const asks: Record<keyof typeof HANDLERS, readonly object[]> = {
      run: [{}],
      window: [{ ...window, tracks, colourBy: 'name' }],
      counters: [{ ...window, tracks }],
      instants: [{ ...window, tracks }],
      devices: [{ ...window, kind: 'device' }],
      slice: of,
      find: [{ text: 'a', limit: 10 }],
      instances: [{ by: 'layer', key: 'MatMul', limit: 10 }],
      neighbour: of.flatMap((at) => [
        { ...at, direction: 1 },
        { ...at, direction: -1 },
      ]),
      nextBubble: [{ afterNs: 0, kind: 'stream', leastNs: 0 }],
      bubble: viewed.analysis.devices.map((_, device) => ({ device, kind: 'compute', row: 0 })),
      selection: [{ startNs: 0, endNs: viewed.run.endNs + 1, tracks }],
      communication: [{}],
      memory: [{}],
      flame: [
        { measure: 'host', limit: 100 },
        { measure: 'device', limit: 3 },
      ],
      report: [{ language: 'zh', sections: SECTIONS }],
      summary: [{ wholeRun: false }, { wholeRun: true }],
    };
    for (const [name, all] of Object.entries(asks)) {
      for (const ask of all) {
        const answered = await answer(viewed, name, ask);
        const decoded = decodeAnswer(encodeAnswer(answered).buffer);
        expect(decoded.json).toEqual(JSON.parse(JSON.stringify(answered.json)));
        expect(decoded.columns).toEqual(answered.columns);
      }
    }
    expect(cases.length).toBeGreaterThan(8);
  });
});
