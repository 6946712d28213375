import { UsageError } from '../base/index.ts';
import type { Language } from '../locale/index.ts';
import { writeOutput } from '../platform/node/index.ts';
import type { ReportTarget } from './compare-reports.ts';
import { readCaptures, type RunReading, type TakeRun } from './read-runs.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

interface Side {
  readonly runs: readonly string[];
}

type Render<Compared> = (compared: Compared, language: Language) => string;

/** Two sides of captures beside one another, of which nothing is judged, so no rule is broken. */
interface UnjudgedComparison<OfRun, Compared extends { readonly base: Side; readonly head: Side }> {
  /** The option that asks for it. */
  readonly flag: string;
  readonly take: TakeRun<OfRun>;
  readonly compare: (
    base: readonly OfRun[],
    head: readonly OfRun[],
    tool: { readonly name: string; readonly version: string },
  ) => Compared;
  readonly toTerminal: (compared: Compared, language: Language) => string[];
  readonly toFile: Readonly<Record<'md' | 'html' | 'json', Render<Compared>>>;
}

/** What was asked for, as `compare` understood it. */
export interface ComparisonRequest {
  readonly base: readonly string[];
  readonly head: readonly string[];
  readonly reading: RunReading;
  readonly targets: readonly ReportTarget[];
  readonly language: Language;
}

export async function showUnjudged<OfRun, Compared extends { readonly base: Side; readonly head: Side }>(
  { flag, take, compare, toTerminal, toFile }: UnjudgedComparison<OfRun, Compared>,
  { base, head, reading, targets, language }: ComparisonRequest,
  terminal: Terminal,
): Promise<Compared> {
  const forms = targets.map(({ form, path }) => {
    if (path !== undefined && isOneOf(toFile, form)) return { render: toFile[form], path };
    const known = Object.keys(toFile).map((each) => `${each}=<file>`);
    throw new UsageError('bad_report', `--report ${form}: not with ${flag}`, `write ${known.join(', ')}`);
  });
  const read = (inputs: readonly string[]): Promise<OfRun[]> => readCaptures(inputs, reading, terminal, take);
  const [one, other] = [await read(base), await read(head)];
  const compared = anonymous(compare(one, other, { name: 'traceconv', version: VERSION }), reading);
  if (forms.every(({ path }) => path !== '-')) await terminal.print(toTerminal(compared, language));
  for (const { render, path } of forms) {
    await writeOutput(path, (output) => output.write(new TextEncoder().encode(render(compared, language))));
  }
  return compared;
}

/** Runs were anonymous when they were opened; what only a later one tells may stand in an earlier one. */
function anonymous<Compared extends { readonly base: Side; readonly head: Side }>(
  compared: Compared,
  { open: { anonymiser } }: RunReading,
): Compared {
  if (anonymiser === undefined) return compared;
  const sideOf = <Of extends Side>(side: Of): Of => ({ ...side, runs: side.runs.map((name) => anonymiser.path(name)) });
  return anonymiser.texts({ ...compared, base: sideOf(compared.base), head: sideOf(compared.head) });
}

function isOneOf<Forms extends object>(forms: Forms, form: string): form is Extract<keyof Forms, string> {
  return Object.hasOwn(forms, form);
}
