import { compareHostOps, hostOpTotals, type HostOpsCompared, type HostOpsOfRun } from '../analysis/index.ts';
import { UsageError } from '../base/index.ts';
import type { Language } from '../locale/index.ts';
import { writeOutput } from '../platform/node/index.ts';
import {
  renderHostOpsHtml,
  renderHostOpsJson,
  renderHostOpsMarkdown,
  renderHostOpsText,
} from '../report/host-ops/index.ts';
import type { ReportTarget } from './compare-reports.ts';
import { readCaptures, type RunReading } from './read-runs.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

const RENDERERS = { md: renderHostOpsMarkdown, html: renderHostOpsHtml, json: renderHostOpsJson } as const;

/** Which operators and calls of the host came and went. Nothing is judged, so no rule is broken. */
export async function compareHost(
  sides: { readonly base: readonly string[]; readonly head: readonly string[] },
  reading: RunReading,
  targets: readonly ReportTarget[],
  language: Language,
  terminal: Terminal,
): Promise<number> {
  const forms = targets.map(({ form, path }) => {
    if (path !== undefined && isKnownForm(form)) return { render: RENDERERS[form], path };
    const known = Object.keys(RENDERERS).map((each) => `${each}=<file>`);
    throw new UsageError('bad_report', `--report ${form}: not with --host-ops`, `write ${known.join(', ')}`);
  });
  const read = (inputs: readonly string[]): Promise<HostOpsOfRun[]> =>
    readCaptures(inputs, reading, terminal, (name, { run }) => ({ name, ...hostOpTotals(run) }));
  const [base, head] = [await read(sides.base), await read(sides.head)];
  const compared = anonymous(compareHostOps(base, head, { name: 'traceconv', version: VERSION }), reading);
  if (forms.every(({ path }) => path !== '-')) await terminal.print(renderHostOpsText(compared, language));
  for (const { render, path } of forms) {
    await writeOutput(path, (output) => output.write(new TextEncoder().encode(render(compared, language))));
  }
  return 0;
}

/** Runs were anonymous when they were opened; what only a later one tells may stand in an earlier one. */
function anonymous(compared: HostOpsCompared, { open: { anonymiser } }: RunReading): HostOpsCompared {
  if (anonymiser === undefined) return compared;
  const sideOf = ({ runs }: HostOpsCompared['base']) => ({ runs: runs.map((name) => anonymiser.path(name)) });
  return anonymiser.texts({ ...compared, base: sideOf(compared.base), head: sideOf(compared.head) });
}

function isKnownForm(form: string): form is keyof typeof RENDERERS {
  return Object.hasOwn(RENDERERS, form);
}
