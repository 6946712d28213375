import { Option } from 'commander';
import { TOOL_USES, type ToolUse, type VendorToolOptions } from '../session/index.ts';
import { parseDuration } from './time-range.ts';

export interface VendorToolFlags {
  readonly vendorTool?: ToolUse;
  readonly vendorToolPath?: string;
  readonly vendorToolTimeout?: string;
}

/** When raw captures are given to the tool of their vendor. */
export function vendorToolOptions(): Option[] {
  return [
    new Option(
      '--vendor-tool <use>',
      "have raw captures read by their vendor's tool: where we know no names of ops, in place of us, or never",
    )
      .choices(TOOL_USES)
      .default('auto'),
    new Option('--vendor-tool-path <file>', 'that tool (default: what PATH has, bigTpuProfile or tpu_profile)'),
    new Option('--vendor-tool-timeout <time>', 'what it may take').default('600s'),
  ];
}

export function vendorToolFrom({ vendorTool, vendorToolPath, vendorToolTimeout }: VendorToolFlags): VendorToolOptions {
  const timeNs =
    vendorToolTimeout === undefined ? undefined : parseDuration('--vendor-tool-timeout', vendorToolTimeout);
  return { use: vendorTool, path: vendorToolPath, timeMs: timeNs === undefined ? undefined : timeNs / 1e6 };
}
