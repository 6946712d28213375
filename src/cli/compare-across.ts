import { compareDevices, summariseWork } from '../analysis/across-devices/index.ts';
import {
  renderAcrossHtml,
  renderAcrossJson,
  renderAcrossMarkdown,
  renderAcrossText,
} from '../report/across-devices/index.ts';
import type { Terminal } from './terminal.ts';
import { type ComparisonRequest, showUnjudged } from './unjudged-comparison.ts';

/** Two vendors' devices, by what ops do instead of by what they are called. */
export async function showAcrossDevices(request: ComparisonRequest, terminal: Terminal): Promise<number> {
  const { exitCode } = await showUnjudged(
    {
      flag: '--across-devices',
      take: (name, analysis, summary) => ({
        ...{ name, summary, phases: summariseWork(analysis, request.reading.wholeRun) },
      }),
      compare: compareDevices,
      toTerminal: renderAcrossText,
      toFile: { md: renderAcrossMarkdown, html: renderAcrossHtml, json: renderAcrossJson },
    },
    request,
    terminal,
  );
  return exitCode;
}
