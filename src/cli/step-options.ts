import type { Command } from 'commander';
import { UsageError } from '../base/index.ts';
import type { StepConfig } from './compare-config.ts';

export interface StepFlags {
  readonly stepMarker?: string;
  readonly tokens?: string;
  readonly wholeRun?: boolean;
}

/** How steps are told in what is read. */
export function addStepOptions(command: Command): Command {
  return command
    .option('--step-marker <regex>', 'ranges on the host that match are steps')
    .option('--tokens <count>', 'how many tokens were generated: helps to find steps without marks')
    .option('--whole-run', 'take each run as one step, where nothing in it repeats');
}

export function stepsFrom({ stepMarker, tokens, wholeRun }: StepFlags, config: StepConfig): StepConfig {
  if (tokens !== undefined && !/^[1-9]\d{0,8}$/.test(tokens)) {
    throw new UsageError('bad_tokens', `--tokens ${tokens}: no number of tokens`, 'write it like --tokens 128');
  }
  return {
    ...config,
    marker: stepMarker ?? config.marker,
    tokens: tokens === undefined ? config.tokens : Number(tokens),
    wholeRun: wholeRun ?? config.wholeRun,
  };
}
