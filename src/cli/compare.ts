import { type Command, Option } from 'commander';
import {
  type Acceptance,
  type Check,
  CHECKS,
  compareRuns,
  DEFAULT_METRIC_RULES,
  DEFAULT_RULES,
  isAbout,
  parseRules,
  type Rule,
  RULE_BESIDE,
  rulesFor,
} from '../analysis/compare/index.ts';
import { UsageError } from '../base/index.ts';
import { COMPARE_TEXTS } from '../locale/compare.ts';
import type { Language } from '../locale/index.ts';
import { renderText } from '../report/compare/index.ts';
import { readConfig } from './compare-config.ts';
import { showAcrossDevices } from './compare-across.ts';
import { showHostOps } from './compare-host-ops.ts';
import { parseReports, writeReports } from './compare-reports.ts';
import { languageOf, languageOption } from './language.ts';
import { addReadingOptions, anonymousRuns, areMissing, readingFrom, type ReadingFlags, readRuns } from './read-runs.ts';
import { refuseToOverwriteInputs } from './refuse-overwrite.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

interface CompareFlags extends ReadingFlags {
  readonly base?: string[];
  readonly head?: string[];
  readonly failOn?: string;
  readonly config?: string;
  readonly accept: string[];
  readonly reason: string[];
  readonly allow?: Check[];
  readonly report: string[];
  readonly allowMissingBase?: boolean;
  readonly acrossDevices?: boolean;
  readonly hostOps?: boolean;
  readonly lang?: Language;
}

const EXAMPLES = `
Each input is one run: a file, or a folder with the captures of all its ranks. Three runs a side tell noise from change.

Examples:
  traceconv compare base.json new_PROF/
  traceconv compare --base run1/ run2/ run3/ --head new1/ new2/ new3/ --report md=pr.md --report junit=r.xml
  traceconv compare --base base.json --head new/ --fail-on "decode.p50>3%&>20us, op.total[MatMulV2]>5%"
  traceconv compare --host-ops before.pt.trace.json after.pt.trace.json
  traceconv compare --across-devices ascend_PROF/ cuda.pt.trace.json --whole-run
  traceconv compare --base base.json --head new/ --accept op.total --reason "new kernel trades this for idle time"

Exit code: 0 pass, 4 regression, 6 not comparable.`;

export function addCompare(
  program: Command,
  run: (action: (terminal: Terminal) => Promise<number>) => Promise<void>,
): void {
  const collect = (word: string, words: string[]): string[] => [...words, word];
  const command = program
    .command('compare')
    .summary('say whether runs are slower than others, as a gate for CI')
    .description('Compares runs by their steps, ops, bubbles, memory and ranks, and judges the changes by rules.')
    .argument('[inputs...]', 'the base and the head, where each is one input')
    .option('--base <inputs...>', 'the runs to compare with: captures, or a baseline')
    .option('--head <inputs...>', 'the runs to judge: captures, or a baseline')
    .option(
      '--fail-on <rules>',
      `what counts as a regression (default: "${DEFAULT_RULES}"; where benchmark results are compared, "${DEFAULT_METRIC_RULES}" as far as they are measured)`,
    )
    .option('--config <file>', 'rules and more (default: traceconv.config.json or .yaml in the current folder)')
    .option('--accept <rule>', 'let a broken rule pass; needs a --reason', collect, [])
    .option('--reason <text>', 'why it is accepted; stands in all reports', collect, [])
    .addOption(new Option('--allow <checks...>', 'compare although these checks of comparability fail').choices(CHECKS))
    .option('--report <form=file>', 'write md, html, json or junit; "github" annotates the run', collect, [])
    .option('--across-devices', "compare two vendors' devices by what ops do: attention, matmul, data movement")
    .addOption(
      new Option(
        '--host-ops',
        'compare operators and calls of the host instead: which came, went, or occur more often',
      ).conflicts('acrossDevices'),
    )
    .option('--allow-missing-base', 'pass when there is no base yet')
    .addOption(languageOption());
  addReadingOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((inputs: string[], flags: CompareFlags) => run((terminal) => compare(inputs, flags, terminal)));
}

async function compare(inputs: readonly string[], flags: CompareFlags, terminal: Terminal): Promise<number> {
  const sides = sidesOf(inputs, flags);
  const config = await readConfig(flags.config);
  const asked = flags.failOn ?? config.rules;
  const wanted = asked === undefined ? undefined : parseRules(asked);
  const accepted = [...acceptances(flags), ...config.accept];
  if (wanted !== undefined) assertAbout(accepted, [...wanted, RULE_BESIDE]);
  const targets = parseReports([...config.reports, ...flags.report]);
  const language = flags.lang ?? config.lang ?? languageOf(process.env);
  const reading = readingFrom(flags, config);
  const base = await presentBase(sides.base, flags.allowMissingBase === true);
  const paths = targets.flatMap(({ path }) => path ?? []);
  await refuseToOverwriteInputs([...base, ...sides.head], paths);
  if (flags.acrossDevices === true || flags.hostOps === true) {
    const flag = flags.acrossDevices === true ? '--across-devices' : '--host-ops';
    if (flags.failOn !== undefined || accepted.length > 0) throw judgesNothing(flag);
    const request = { base, head: sides.head, reading, targets, language };
    if (flags.acrossDevices !== true) return showHostOps(request, terminal);
    return showAcrossDevices(request, terminal);
  }
  const read = [await readRuns(base, reading, terminal), await readRuns(sides.head, reading, terminal)];
  const [baseRuns, headRuns] = read.map((runs) => anonymousRuns(runs, reading));
  const [one, other] = [baseRuns, headRuns].map((runs) => runs.map(({ summary }) => summary));
  const allowed = flags.allow ?? config.allow;
  const rules = rulesFor(wanted, one, other, allowed);
  if (wanted === undefined) assertAbout(accepted, rules);
  const comparison = compareRuns(baseRuns, headRuns, {
    ...{ rules, accepted, allowed, floors: config.floors },
    tool: { name: 'traceconv', version: VERSION },
  });
  // A report on standard output is there alone.
  if (targets.every(({ path }) => path !== '-')) {
    await terminal.print(renderText(comparison, COMPARE_TEXTS[language]));
  }
  await writeReports(targets, comparison, language, terminal);
  return comparison.exitCode;
}

function judgesNothing(option: string): UsageError {
  return new UsageError(
    'no_rules_across',
    `${option} judges nothing: --fail-on and --accept have no meaning with it`,
    `leave them out, or leave out ${option} to judge runs of one device`,
  );
}

function sidesOf(inputs: readonly string[], { base, head }: CompareFlags): { base: string[]; head: string[] } {
  if (base !== undefined && head !== undefined && inputs.length === 0) return { base, head };
  if (base === undefined && head === undefined && inputs.length === 2) return { base: [inputs[0]], head: [inputs[1]] };
  throw new UsageError(
    'no_sides',
    'compare needs a base and a head',
    'write traceconv compare <base> <head>, or --base <inputs...> --head <inputs...> for several runs a side',
  );
}

/** Nothing on the first run of all, if that may be. */
async function presentBase(inputs: readonly string[], mayBeMissing: boolean): Promise<readonly string[]> {
  if (!(await areMissing(inputs))) return inputs;
  if (mayBeMissing) return [];
  throw new UsageError(
    'no_base',
    `there is no base: ${inputs.join(', ')}`,
    'make one: traceconv baseline <inputs...> -o base.json; on the first run of all, --allow-missing-base passes',
  );
}

function acceptances({ accept, reason }: CompareFlags): Acceptance[] {
  if (accept.length !== reason.length || reason.some((text) => text.trim() === '')) {
    throw new UsageError(
      'no_reason',
      `--accept is given ${accept.length} times, --reason ${reason.length} times`,
      'give a reason, in words, for each rule that is accepted',
    );
  }
  return accept.map((rule, i) => ({ rule, reason: reason[i] }));
}

/** A misspelt rule would accept nothing, and the job fail for no visible reason. */
function assertAbout(accepted: readonly Acceptance[], rules: readonly Rule[]): void {
  for (const each of accepted) {
    if (rules.some((rule) => isAbout(each, rule))) continue;
    throw new UsageError(
      'no_such_rule',
      `--accept ${each.rule}: there is no such rule`,
      `rules are ${rules.map(({ expr }) => expr).join(', ')}`,
    );
  }
}
