// A graph of which no device shows anything: the time after its launch is not plainly called idle.
import { expect, test } from 'vitest';
import { analyseRun, type RunAnalysis } from '../../../src/analysis/index.ts';
import { buildReport, type ReportDocument } from '../../../src/report/index.ts';
import { Diagnostics } from '../../../src/base/index.ts';
import { renderText } from '../../../src/report/text/render-text.ts';
import { deviceSlice, hostSlice, kinetoText, launched } from '../../support/kineto-events.ts';
import { readRun } from '../../support/runs.ts';

const FACTS = { tool: { name: 'traceconv', version: '0' }, inputs: [], diagnostics: new Diagnostics() };

async function analysisOf(...more: object[]): Promise<RunAnalysis> {
  const events = [
    ...launched(1, 'k1', 7, [100, 120], [150, 200]),
    hostSlice('cuda_runtime', 'cudaGraphLaunch', [210, 230], { correlation: 2 }),
    hostSlice('cuda_driver', 'cuGraphLaunch', [212, 228], { correlation: 2 }),
    ...launched(3, 'k2', 7, [1250, 1270], [1300, 1350]),
    ...launched(4, 'k3', 7, [1350, 1360], [1400, 1450]),
    ...more,
  ];
  return analyseRun(
    await readRun('torch-kineto', [{ path: 'r.json', bytes: new TextEncoder().encode(kinetoText(events)) }]),
  );
}

const reportOf = async (...more: object[]): Promise<ReportDocument> => buildReport(await analysisOf(...more), FACTS);

test('idle time from the launch on is a part of its own, and is told wherever idle time is', async () => {
  const report = await reportOf();
  expect(report.totals[0]).toMatchObject({ windowNs: 1_300_000, deviceIdleNs: 1_150_000, unseenGraphNs: 1_090_000 });
  expect(report.dataQuality.unseenGraphCount).toBe(1);
  expect(report.bubbles?.groups.map(({ cause, totalNs }) => [cause, totalNs])).toContainEqual([
    'unseen-graph',
    1_100_000,
  ]);
  const text = renderText(report, { language: 'en' });
  expect(text).toMatch(/150 µs +11\.5 % +0 ns +0\.0 % +60\.0 µs +4\.6 % +1\.09 ms +83\.8 %/);
  expect(text.match(/1 graph launch left nothing on a device/g)?.length).toBe(3);
});

test('a graph that the device shows is work like any other', async () => {
  const report = await reportOf(deviceSlice('kernel', 'in graph', 7, [300, 1200], { correlation: 2 }));
  expect(report.totals[0]).toMatchObject({ deviceIdleNs: 250_000, unseenGraphNs: 0 });
  expect(renderText(report, { language: 'en' })).not.toMatch(/unseen|not recorded|left nothing/);
});
