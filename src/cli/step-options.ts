import { Option } from 'commander';
import type { StepOptions } from '../analysis/index.ts';
import { UsageError } from '../base/index.ts';

export interface StepFlags {
  readonly stepMarker?: string;
  readonly tokens?: string;
  /** False under --no-detect-steps. */
  readonly detectSteps?: boolean;
}

/** The same of a configuration, which flags go before. */
export interface StepConfig {
  readonly marker?: string | undefined;
  readonly tokens?: number | undefined;
  readonly detect?: boolean | undefined;
}

/** How steps are told in what is read. */
export const stepOptions: readonly Option[] = [
  new Option('--step-marker <regex>', 'steps are the host ranges or marks whose names match'),
  new Option('--tokens <count>', 'how many tokens were generated: a hint for finding steps without marks'),
  new Option('--no-detect-steps', 'look for no steps in the repetition of ops'),
];

export function stepsFrom({ stepMarker, tokens, detectSteps }: StepFlags, config: StepConfig = {}): StepOptions {
  const marker = stepMarker ?? config.marker;
  return {
    marker: marker === undefined ? undefined : parseMarker(marker),
    tokens: tokens === undefined ? config.tokens : parseCount('--tokens', tokens),
    detect: detectSteps === false ? false : config.detect,
  };
}

function parseMarker(text: string): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      'bad_pattern',
      `--step-marker ${text}: ${why}`,
      'write a regular expression, such as ^token \\d+',
    );
  }
}

export function parseCount(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError('bad_count', `${flag} ${text}: no count`, 'write a whole number from 1 on');
}
