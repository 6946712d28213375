/**
 * From inputs to a Run: find files, recognise them, group what belongs to one capture, read, put on one clock.
 * Reaches the machine only through the Host it is given; prints nothing.
 */
import type { Diagnostics, Host } from '../base/index.ts';
import { readers } from '../readers/index.ts';
import { openAnonymously } from './anonymise/index.ts';
import { openRunWith } from './open-run.ts';
import type { OpenedRun, OpenOptions } from './opened-run.ts';

export { Anonymiser } from './anonymise/index.ts';
export type { JoinedRows, OpenedFile, OpenedRun, OpenOptions } from './opened-run.ts';
export { TOOL_USES, type ToolUse, type VendorToolOptions } from './vendor-tool/tool-options.ts';

/** Opens files, folders, globs or `-` with every reader there is. */
export function openRun(
  inputs: readonly string[],
  host: Host,
  options: OpenOptions,
  diagnostics: Diagnostics,
): Promise<OpenedRun> {
  const open = (found: Diagnostics): Promise<OpenedRun> => openRunWith(readers, inputs, host, options, found);
  const { anonymiser } = options;
  return anonymiser === undefined ? open(diagnostics) : openAnonymously(inputs, open, diagnostics, anonymiser);
}
