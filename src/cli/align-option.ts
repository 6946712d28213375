import { Option } from 'commander';
import { ALIGN_METHODS } from '../timeline/index.ts';

/** Commander refuses every other word. */
export function alignOption(): Option {
  return new Option(
    '--align <method>',
    'how ranks are put on one axis of time: by their clocks, by the start of a step, by the end of collectives, or not at all',
  )
    .choices(ALIGN_METHODS)
    .default('clock');
}
