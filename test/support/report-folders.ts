// Reports about whole folders: fixtures and real captures.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AnalysisOptions, analyseRun, type RunAnalysis } from '../../src/analysis/index.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { buildReport, type ReportDocument, type ReportOptions } from '../../src/report/index.ts';
import { openRun } from '../../src/session/index.ts';
import { fixtureCases, FOLDER_FIXTURES } from './fixtures.ts';
import { fixturesRoot } from './project.ts';
import { samplesRoot } from './samples.ts';

export interface Reported {
  readonly analysis: RunAnalysis;
  readonly document: ReportDocument;
}

export async function reportOn(
  folder: string,
  options: ReportOptions = {},
  analysisOptions: AnalysisOptions = {},
): Promise<Reported> {
  const diagnostics = new Diagnostics();
  const host = new NodeHost();
  try {
    const { run, files } = await openRun([folder], host, {}, diagnostics);
    const analysis = analyseRun(run, analysisOptions);
    const inputs = files
      .filter(({ role }) => role === 'read')
      .map(({ path, readerId = '', toolVersion, capture, joined }) => ({
        ...{ path: path.replace(`${dirname(folder)}/`, ''), readerId, toolVersion, capture, joined },
      }));
    const tool = { name: 'traceconv', version: '0' };
    return { analysis, document: await buildReport(analysis, { tool, inputs, diagnostics }, options) };
  } finally {
    await host.close();
  }
}

export const fixtureFolders = fixtureCases(FOLDER_FIXTURES).map((name) => [
  name,
  join(fixturesRoot, FOLDER_FIXTURES, name),
]);

/** None where they are absent. */
export const sampleFolders = [
  'ascend/msprof-2026',
  'ascend/torch_npu-ddp/level1',
  'ascend/torch_npu-ddp-db/rank0',
  'ascend/torch_npu-llm-pp2',
  'ascend/torch_npu-2024',
  'torch/hta/cpu_only',
]
  .map((name) => [name, join(samplesRoot, name)])
  .filter(([, folder]) => existsSync(folder));
