import { type Command, InvalidArgumentError, Option } from 'commander';
import { type OpenOptions, TOOL_USES, type ToolUse } from '../session/index.ts';
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
}

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
  } = flags;
  const timeMs = parseDuration('--vendor-tool-timeout', flags.vendorToolTimeout) / 1e6;
  return { from, align, chip: { tiuMhz, dmaMhz, computeAbility }, vendorTool: { use, path, timeMs } };
}

function positive(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value < 1e6) return value;
  throw new InvalidArgumentError('It is no number above 0.');
}
