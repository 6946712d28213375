import {
  type AcrossDevices,
  compareDevices,
  type DeviceSide,
  summariseWork,
  type WorkOfRun,
} from '../analysis/across-devices/index.ts';
import { UsageError } from '../base/index.ts';
import type { Language } from '../locale/index.ts';
import { writeOutput } from '../platform/node/index.ts';
import {
  renderAcrossHtml,
  renderAcrossJson,
  renderAcrossMarkdown,
  renderAcrossText,
} from '../report/across-devices/index.ts';
import type { ReportTarget } from './compare-reports.ts';
import { readCaptures, type RunReading } from './read-runs.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

const RENDERERS = { md: renderAcrossMarkdown, html: renderAcrossHtml, json: renderAcrossJson } as const;

/** Two vendors' devices, by what ops do instead of by what they are called. Nothing is judged, so no rule is broken. */
export async function compareAcross(
  sides: { readonly base: readonly string[]; readonly head: readonly string[] },
  reading: RunReading,
  targets: readonly ReportTarget[],
  language: Language,
  terminal: Terminal,
): Promise<number> {
  const forms = targets.map(({ form, path }) => {
    if (path !== undefined && isKnownForm(form)) return { render: RENDERERS[form], path };
    const known = Object.keys(RENDERERS).map((each) => `${each}=<file>`);
    throw new UsageError('bad_report', `--report ${form}: not with --across-devices`, `write ${known.join(', ')}`);
  });
  const read = (inputs: readonly string[]): Promise<WorkOfRun[]> =>
    readCaptures(inputs, reading, terminal, (name, analysis, summary) => ({
      ...{ name, summary, phases: summariseWork(analysis, reading.wholeRun) },
    }));
  const [base, head] = [await read(sides.base), await read(sides.head)];
  const compared = anonymous(compareDevices(base, head, { name: 'traceconv', version: VERSION }), reading);
  if (forms.every(({ path }) => path !== '-')) await terminal.print(renderAcrossText(compared, language));
  for (const { render, path } of forms) {
    await writeOutput(path, (output) => output.write(new TextEncoder().encode(render(compared, language))));
  }
  return compared.exitCode;
}

/** Runs were anonymous when they were opened; what only a later one tells may stand in an earlier one. */
function anonymous(compared: AcrossDevices, { open: { anonymiser } }: RunReading): AcrossDevices {
  if (anonymiser === undefined) return compared;
  const sideOf = (side: DeviceSide): DeviceSide => ({ ...side, runs: side.runs.map((name) => anonymiser.path(name)) });
  return anonymiser.texts({ ...compared, base: sideOf(compared.base), head: sideOf(compared.head) });
}

function isKnownForm(form: string): form is keyof typeof RENDERERS {
  return Object.hasOwn(RENDERERS, form);
}
