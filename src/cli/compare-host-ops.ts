import { compareHostOps, hostOpTotals } from '../analysis/index.ts';
import {
  renderHostOpsHtml,
  renderHostOpsJson,
  renderHostOpsMarkdown,
  renderHostOpsText,
} from '../report/host-ops/index.ts';
import type { Terminal } from './terminal.ts';
import { type ComparisonRequest, showUnjudged } from './unjudged-comparison.ts';

/** Which operators and calls of the host came and went. */
export async function showHostOps(request: ComparisonRequest, terminal: Terminal): Promise<number> {
  await showUnjudged(
    {
      flag: '--host-ops',
      take: (name, { run }) => ({ name, ...hostOpTotals(run) }),
      compare: compareHostOps,
      toTerminal: renderHostOpsText,
      toFile: { md: renderHostOpsMarkdown, html: renderHostOpsHtml, json: renderHostOpsJson },
    },
    request,
    terminal,
  );
  return 0;
}
