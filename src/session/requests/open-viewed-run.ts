import { analyseRun, withDerivedCounters } from '../../analysis/index.ts';
import { Diagnostics, type Host } from '../../base/index.ts';
import type { ReportFacts } from '../../report/index.ts';
import { openRun, type OpenedRun, type OpenOptions } from '../index.ts';
import { prepare } from './prepare.ts';
import { ViewedRun } from './viewed-run.ts';

export interface OpenedView extends OpenedRun {
  readonly viewed: ViewedRun;
  readonly diagnostics: Diagnostics;
}

/** Opens inputs as one run that can be asked, with what the first picture needs worked out, and counters of queues and copies. */
export async function openViewedRun(
  name: string,
  inputs: readonly string[],
  host: Host,
  options: OpenOptions,
  tool: ReportFacts['tool'],
): Promise<OpenedView> {
  const diagnostics = new Diagnostics();
  const opened = await openRun(inputs, host, options, diagnostics);
  const read = opened.files.filter(({ role }) => role === 'read');
  const facts: ReportFacts = {
    tool,
    inputs: read.map(({ path, readerId = '', toolVersion, capture, joined }) => ({
      ...{ path, readerId, toolVersion, capture, joined },
    })),
    diagnostics,
  };
  const analysis = analyseRun(opened.run);
  const viewed = new ViewedRun(name, withDerivedCounters(analysis), facts, undefined, analysis);
  prepare(viewed);
  return { ...opened, diagnostics, viewed };
}
