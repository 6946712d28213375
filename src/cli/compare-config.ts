import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { type Acceptance, type Check, CHECKS, DEFAULT_FLOORS, type Floors } from '../analysis/compare/index.ts';
import { DocumentNode, InputError, UsageError } from '../base/index.ts';
import { identityAt } from '../platform/node/index.ts';
import { type Language, LANGUAGES } from '../locale/index.ts';
import type { StepConfig } from './step-options.ts';

/** What `traceconv.config.{json,yaml}` may say; docs/schemas/config-1.schema.json describes it. Flags go before it. */
export interface CompareConfig {
  /** As `--fail-on` takes them, all joined; undefined where the file has none. */
  readonly rules: string | undefined;
  readonly accept: readonly Acceptance[];
  readonly allow: readonly Check[];
  readonly floors: Floors;
  readonly reports: readonly string[];
  readonly steps: StepConfig & { readonly wholeRun?: boolean | undefined };
  readonly lang: Language | undefined;
}

/** Looked for in the current folder, in this order. */
const NAMES = ['traceconv.config.json', 'traceconv.config.yaml', 'traceconv.config.yml'];

const EMPTY: CompareConfig = {
  ...{ rules: undefined, accept: [], allow: [], floors: DEFAULT_FLOORS, reports: [], steps: {}, lang: undefined },
};

/** UsageError where the named file is missing, InputError where it cannot be understood. */
export async function readConfig(named: string | undefined): Promise<CompareConfig> {
  const path = named ?? (await firstExisting());
  if (path === undefined) return EMPTY;
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError('no_config', `--config ${path}: cannot be read`, 'docs/ci.md shows what stands in one');
  });
  return parseConfig(text, path);
}

async function firstExisting(): Promise<string | undefined> {
  const found: string[] = [];
  for (const name of NAMES) if ((await identityAt(name)) !== undefined) found.push(name);
  if (found.length > 1) {
    throw new UsageError('two_configs', `there are ${found.join(' and ')}`, 'keep one, or name it: --config <file>');
  }
  return found[0];
}

/** JSON is YAML, so one parser reads both. */
export function parseConfig(text: string, path: string): CompareConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw notUnderstood(problem, { path, offset: problem.pos[0], line, column: col });
  }
  const root = new DocumentNode('bad_config', path, valueOf(document, path));
  assertNames(root, ['$schema', 'rules', 'accept', 'allow', 'floors', 'reports', 'steps', 'lang']);
  const floors = root.optional('floors');
  const steps = root.optional('steps');
  if (floors !== undefined) assertNames(floors, ['ratio', 'ns']);
  if (steps !== undefined) assertNames(steps, ['marker', 'tokens', 'detect', 'wholeRun']);
  return {
    rules: root.optional('rules') && textsOf(root.member('rules')).join(', '),
    accept: root.optional('accept')?.items().map(readAcceptance) ?? [],
    allow:
      root
        .optional('allow')
        ?.items()
        .map((check) => check.word(CHECKS)) ?? [],
    floors: {
      ratio: floors?.optional('ratio')?.notNegative() ?? DEFAULT_FLOORS.ratio,
      ns: floors?.optional('ns')?.whole() ?? DEFAULT_FLOORS.ns,
    },
    reports:
      root
        .optional('reports')
        ?.items()
        .map((report) => report.text()) ?? [],
    steps: {
      marker: steps?.optional('marker')?.text(),
      tokens: steps?.optional('tokens')?.whole(1),
      detect: steps?.optional('detect')?.isTrue(),
      wholeRun: steps?.optional('wholeRun')?.isTrue(),
    },
    lang: root.optional('lang')?.word(LANGUAGES),
  };
}

/** Aliases of nothing, or of ever more, show only here. */
function valueOf(document: ReturnType<typeof parseDocument>, path: string): unknown {
  try {
    return (document.toJS() as unknown) ?? {};
  } catch (error) {
    throw notUnderstood(error, { path });
  }
}

function notUnderstood(error: unknown, at: InputError['at']): InputError {
  const found = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return new InputError('bad_config', { at, expected: 'YAML or JSON', found });
}

function textsOf(node: DocumentNode): string[] {
  return typeof node.value === 'string' ? [node.value] : node.items().map((item) => item.text());
}

function readAcceptance(node: DocumentNode): Acceptance {
  assertNames(node, ['rule', 'reason']);
  const reason = node.member('reason');
  if (reason.text().trim() === '') throw reason.wrong('a reason in words');
  return { rule: node.member('rule').text(), reason: reason.text() };
}

/** A misspelt name would silently switch a rule off. */
function assertNames(node: DocumentNode, names: readonly string[]): void {
  for (const [name, member] of node.members()) {
    if (!names.includes(name))
      throw member.wrong(`one of ${names.join(', ')} as a name`, 'docs/ci.md shows an example');
  }
}
