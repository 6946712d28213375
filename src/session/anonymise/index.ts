/**
 * What outputs may not tell is replaced once, in the run itself, right after it was opened, so writers and reports know nothing
 * of it. docs/anonymize.md says what is replaced and what stays.
 */
import { Diagnostics } from '../../base/index.ts';
import type { OpenedRun } from '../opened-run.ts';
import type { Anonymiser } from './anonymiser.ts';
import { absorbAnonymously, anonymousError } from './anonymous-findings.ts';
import { anonymousRun } from './anonymous-run.ts';

export { Anonymiser } from './anonymiser.ts';

/** Opens inputs with `open` and hands out nothing of them but their replacements: no run, no finding, no error. */
export async function openAnonymously(
  inputs: readonly string[],
  open: (found: Diagnostics) => Promise<OpenedRun>,
  diagnostics: Diagnostics,
  anonymiser: Anonymiser,
): Promise<OpenedRun> {
  for (const input of inputs) anonymiser.learnPlace(input);
  const found = new Diagnostics();
  try {
    const opened = await anonymousRun(await open(found), anonymiser);
    absorbAnonymously(diagnostics, found.list(), anonymiser);
    return opened;
  } catch (error) {
    throw anonymousError(error, anonymiser);
  }
}
