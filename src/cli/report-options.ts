import { type Command, Option } from 'commander';
import {
  type AnalysisOptions,
  BUBBLE_KINDS,
  type BubbleKind,
  type Definition,
  DEFINITIONS,
  type Measure,
  MEASURES,
  parseGrouping,
  PHASES,
  WINDOW_RULES,
  type WindowRule,
} from '../analysis/index.ts';
import { UsageError } from '../base/index.ts';
import type { Language } from '../locale/index.ts';
import {
  LIMIT,
  REPORT_FORMATS,
  type ReportFormat,
  type ReportOptions,
  type Section,
  SECTIONS,
} from '../report/index.ts';
import type { TimeRange } from '../timeline/cut.ts';
import { addCaptureOptions, type CaptureFlags } from './capture-options.ts';
import { languageOf, languageOption } from './language.ts';
import { parseStepChoice } from './step-choice.ts';
import { parseCount, type StepFlags, stepOptions, stepsFrom } from './step-options.ts';
import { parseDuration, parseTimeRange } from './time-range.ts';

/** As the command line has them. Which of them a command knows is its own business. */
export interface ReportFlags extends StepFlags, CaptureFlags {
  readonly format?: ReportFormat;
  readonly json?: boolean;
  readonly output?: string;
  readonly top?: string;
  readonly by?: string;
  readonly range?: string;
  readonly steps?: string;
  readonly section?: string;
  readonly window?: WindowRule;
  readonly definitions?: Definition;
  readonly measure?: Measure;
  readonly minBubble?: string;
  readonly bubbles?: BubbleKind;
  readonly lang?: Language;
}

export interface ReportRequest {
  readonly format: ReportFormat;
  readonly language: Language;
  readonly output: string;
  readonly range: TimeRange | undefined;
  readonly analysis: AnalysisOptions;
  readonly report: ReportOptions;
  /** The section that was asked for where only one table fits; undefined where what there is decides. */
  readonly mainSection: Section | undefined;
  /** How many rows people see; undefined where the form of the report decides. */
  readonly top: number | undefined;
}

const GROUPINGS = 'type, name, shape, class, core, layer, stream, rank or arg:KEY';

export function addReportOptions(command: Command, own: readonly Option[]): Command {
  const options = [
    new Option(
      '--format <format>',
      'what to write (default: what the name of the output ends in, else "text")',
    ).choices(REPORT_FORMATS),
    new Option('--json', 'the same as --format json').conflicts('format'),
    new Option(
      '-o, --output <file>',
      'where to write; - is standard output, a name ending in .gz is compressed',
    ).default('-'),
    new Option(
      '--top <count>',
      'how many rows of each table to show (default: 5 or 10 in text, more where there is room)',
    ),
    ...own,
    new Option('--range <from..to>', 'only what lies in this time from the start, such as 1.2s..1.5s'),
    new Option('--steps <choice>', `only these steps: 3..10, 7, or a phase (${PHASES.join(', ')})`),
    ...stepOptions,
    new Option('--window <rule>', 'which time counts as the whole').choices(WINDOW_RULES).default('first-to-last'),
    languageOption(),
  ];
  for (const option of options) command.addOption(option);
  return addCaptureOptions(command);
}

export const byOption = new Option('--by <grouping>', `what ops are grouped by: ${GROUPINGS}`).default('type');
export const definitionsOption = new Option(
  '--definitions <tool>',
  'also give the numbers of this tool, by its own definitions',
).choices(DEFINITIONS);
export const measureOption = new Option(
  '--measure <time>',
  'what stacks are ordered by: time on the host, or of what they launch',
)
  .choices(MEASURES)
  .default('host');
export const sectionOption = new Option(
  '--section <names>',
  `only these parts: ${SECTIONS.join(', ')}; host and flame are shown only when they are named`,
);
export const bubbleOptions = [
  new Option(
    '--min-bubble <time>',
    'shorter gaps are only summed up (default: 10us; 100ns where engines fetch their commands themselves)',
  ),
  new Option('--bubbles <kind>', 'where nothing happens: on the device, no computing, on a stream')
    .choices(BUBBLE_KINDS)
    .default('device'),
];

/** `only`: the sections of a command that shows no others. */
export function reportRequest(flags: ReportFlags, env: NodeJS.ProcessEnv, only?: readonly Section[]): ReportRequest {
  const format = flags.json === true ? 'json' : (flags.format ?? formatOf(flags.output) ?? 'text');
  const sections = sectionsOf(flags, format, only);
  const range = flags.range === undefined ? undefined : parseTimeRange(flags.range);
  const kind = flags.bubbles ?? 'device';
  if (flags.steps !== undefined && kind === 'stream') {
    throw new UsageError('bad_bubbles', '--bubbles stream: streams have no steps', 'leave --steps out, or use --range');
  }
  const asked = flags.top === undefined ? undefined : parseCount('--top', flags.top);
  const bubbleThresholdNs = flags.minBubble === undefined ? undefined : parseDuration('--min-bubble', flags.minBubble);
  return {
    format,
    language: flags.lang ?? languageOf(env),
    output: flags.output ?? '-',
    range,
    analysis: {
      window: flags.window,
      steps: stepsFrom(flags),
      onlySteps: flags.steps === undefined ? undefined : parseStepChoice(flags.steps),
      bubbleThresholdNs,
      bubbleKinds: [kind],
    },
    report: {
      by: flags.by === undefined ? undefined : parseGrouping(flags.by),
      limit: asked ?? LIMIT,
      bubbleKind: kind,
      bubbleThresholdNs,
      definition: flags.definitions,
      measure: flags.measure,
      frames: asked,
      sections,
      selection: { range: range === undefined ? null : jsonRange(range), steps: flags.steps ?? null },
    },
    mainSection: sections?.[0],
    // Who asks for one part has room for it.
    top: asked ?? (sections?.length === 1 ? LIMIT : undefined),
  };
}

const FORMAT_OF_ENDING: Readonly<Record<string, ReportFormat>> = {
  ...{
    txt: 'text',
    md: 'md',
    markdown: 'md',
    html: 'html',
    htm: 'html',
    json: 'json',
    csv: 'csv',
    collapsed: 'collapsed',
  },
};

/** What the name of a file says; undefined where it says nothing. */
function formatOf(output = '-'): ReportFormat | undefined {
  const [, ending = ''] = /\.([a-z]+)(?:\.gz)?$/i.exec(output) ?? [];
  return FORMAT_OF_ENDING[ending.toLowerCase()];
}

/** From the start on where no start was named; to null where no end was. */
function jsonRange({ fromNs, toNs }: TimeRange): { fromNs: number; toNs: number | null } {
  return { fromNs: Math.max(0, fromNs), toNs: Number.isFinite(toNs) ? toNs : null };
}

/** Stacks alone can be collapsed. */
function sectionsOf(
  { section }: ReportFlags,
  format: ReportFormat,
  only: readonly Section[] | undefined,
): readonly Section[] | undefined {
  const sections = only ?? (section === undefined ? undefined : parseSections(section));
  if (format !== 'collapsed') return sections;
  if (sections === undefined || sections.includes('flame')) return ['flame'];
  throw new UsageError(
    'bad_format',
    '--format collapsed: only stacks can be collapsed',
    'use traceconv report --section flame',
  );
}

function parseSections(text: string): Section[] {
  const names = text.split(',').flatMap((name) => name.trim() || []);
  if (names.length === 0) {
    throw new UsageError('unknown_section', '--section: no section is named', `sections: ${SECTIONS.join(', ')}`);
  }
  const unknown = names.find((name) => !SECTIONS.some((section) => section === name));
  if (unknown !== undefined) {
    throw new UsageError(
      'unknown_section',
      `--section ${text}: there is no "${unknown}"`,
      `sections: ${SECTIONS.join(', ')}`,
    );
  }
  return SECTIONS.filter((section) => names.includes(section));
}
