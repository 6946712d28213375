import { type Command, InvalidArgumentError, Option } from 'commander';
import { Anonymiser, type OpenOptions, TOOL_USES, type ToolUse } from '../session/index.ts';
import { ALIGN_METHODS, type AlignMethod } from '../timeline/index.ts';
import { parseDuration } from './time-range.ts';

/** How inputs become runs, in every command that reads some. */
export interface CaptureFlags {
  readonly from?: string;
  readonly align: AlignMethod;
  readonly tiuFreq?: number;
  readonly dmaFreq?: number;
  readonly computeAbility?: number;
  readonly vendorTool?: ToolUse;
  readonly vendorToolPath?: string;
  readonly vendorToolTimeout: string;
  /** One for all that a command reads, writes and says. */
  readonly anonymize?: Anonymiser;
}

/** Options whose values are files and folders. */
const PATH_FLAGS = ['base', 'head', 'output', 'save', 'config', 'report', 'vendorToolPath'];

/** Commander refuses words that are no choice. */
export function addCaptureOptions(command: Command): Command {
  const options = [
    new Option(
      '--from <reader>',
      'read named files with this reader, whatever they look like; a name it does not know lists them',
    ),
    new Option(
      '--align <method>',
      'how ranks are put on one axis of time: by their clocks, by the start of a step, by the end of collectives, or not at all',
    )
      .choices(ALIGN_METHODS)
      .default('clock'),
    new Option('--tiu-freq <MHz>', 'Sophon: the frequency of the engines that compute').argParser(positive),
    new Option('--dma-freq <MHz>', 'Sophon: the frequency of the engines that move memory').argParser(positive),
    new Option('--compute-ability <TOPS>', 'Sophon CV184X: which of its speeds the chip is sold with').argParser(
      positive,
    ),
    new Option(
      '--vendor-tool <use>',
      "have raw captures read by their vendor's tool: where we know no names of ops, in place of us, or never",
    )
      .choices(TOOL_USES)
      .default('auto'),
    new Option('--vendor-tool-path <file>', 'that tool (default: what PATH has, bigTpuProfile or tpu_profile)'),
    new Option('--vendor-tool-timeout <time>', 'what it may take').default('600s'),
    new Option(
      '--anonymize',
      'put host-1, user-1, /path-1 in place of names of hosts, users, folders, jobs and the like',
    )
      .preset('')
      .argParser(() => new Anonymiser()),
  ];
  for (const option of options) command.addOption(option.helpGroup('How captures are read:'));
  return command;
}

export function openOptionsOf(flags: CaptureFlags): OpenOptions {
  const {
    from,
    align,
    tiuFreq: tiuMhz,
    dmaFreq: dmaMhz,
    computeAbility,
    vendorTool: use,
    vendorToolPath: path,
    anonymize: anonymiser,
  } = flags;
  const timeMs = parseDuration('--vendor-tool-timeout', flags.vendorToolTimeout) / 1e6;
  return { from, align, chip: { tiuMhz, dmaMhz, computeAbility }, vendorTool: { use, path, timeMs }, anonymiser };
}

/** What a command replaces names with, if it does, told of all paths on its command line before anything is said of them. */
export function learnNamedPaths(command: Command): Anonymiser | undefined {
  const { anonymize: anonymiser, ...flags } = command.opts<Partial<CaptureFlags & Record<string, unknown>>>();
  const named = [...command.args, ...PATH_FLAGS.flatMap((name) => flags[name] ?? [])];
  for (const path of named) if (typeof path === 'string') anonymiser?.learnPlace(path.replace(/^\w+=/, ''));
  return anonymiser;
}

function positive(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value < 1e6) return value;
  throw new InvalidArgumentError('It is no number above 0.');
}
