import { InvalidArgumentError, Option } from 'commander';
import type { ChipOptions } from '../readers/reader.ts';

export interface ChipFlags {
  readonly tiuFreq?: number;
  readonly dmaFreq?: number;
  readonly computeAbility?: number;
}

/** For chips whose captures do not say how fast they count, or say it wrong. */
export function addChipOptions<T extends { addOption(option: Option): T }>(command: T): T {
  const options = [
    new Option('--tiu-freq <MHz>', 'Sophon: the frequency of the engines that compute'),
    new Option('--dma-freq <MHz>', 'Sophon: the frequency of the engines that move memory'),
    new Option('--compute-ability <TOPS>', 'Sophon CV184X: which of its speeds the chip is sold with'),
  ];
  for (const option of options) command.addOption(option.argParser(positive));
  return command;
}

export function chipOptionsOf({ tiuFreq, dmaFreq, computeAbility }: ChipFlags): ChipOptions {
  return { tiuMhz: tiuFreq, dmaMhz: dmaFreq, computeAbility };
}

function positive(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value < 1e6) return value;
  throw new InvalidArgumentError('It is no number above 0.');
}
