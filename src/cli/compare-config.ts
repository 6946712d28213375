import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { type Acceptance, type Check, CHECKS, DEFAULT_FLOORS, type Floors } from '../analysis/compare/index.ts';
import { DocumentNode, InputError, UsageError } from '../base/index.ts';
import { identityAt } from '../platform/node/index.ts';
import { type Language, LANGUAGES } from '../locale/index.ts';

/** What `traceconv.config.{json,yaml}` may say; docs/schemas/config-1.schema.json describes it. Flags go before it. */
export interface CompareConfig {
  /** As `--fail-on` takes them, all joined; undefined where the file has none. */
  readonly rules: string | undefined;
  readonly accept: readonly Acceptance[];
  readonly allow: readonly Check[];
  readonly floors: Floors;
  readonly reports: readonly string[];
  readonly steps: StepConfig;
  readonly lang: Language | undefined;
}

export interface StepConfig {
  readonly marker?: string | undefined;
  readonly tokens?: number | undefined;
  readonly detect?: boolean | undefined;
  readonly wholeRun?: boolean | undefined;
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
    throw new InputError('bad_config', {
      at: { path, offset: problem.pos[0], line, column: col },
      expected: 'YAML or JSON',
      found: problem.message.split('\n')[0],
    });
  }
  const value: unknown = document.toJS() ?? {};
  const root = new DocumentNode('bad_config', path, value);
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
      ratio: floors?.optional('ratio')?.number() ?? DEFAULT_FLOORS.ratio,
      ns: floors?.optional('ns')?.whole() ?? DEFAULT_FLOORS.ns,
    },
    reports:
      root
        .optional('reports')
        ?.items()
        .map((report) => report.text()) ?? [],
    steps: {
      marker: steps?.optional('marker')?.text(),
      tokens: steps?.optional('tokens')?.whole(),
      detect: steps?.optional('detect')?.isTrue(),
      wholeRun: steps?.optional('wholeRun')?.isTrue(),
    },
    lang: root.optional('lang')?.word(LANGUAGES),
  };
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
