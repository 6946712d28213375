import {
  type Diagnostic,
  type Diagnostics,
  EnvironmentError,
  InputError,
  type Place,
  UsageError,
} from '../../base/index.ts';
import { withoutExcerpt } from '../describe-head.ts';
import type { Anonymiser } from './anonymiser.ts';

/** Adds to `target` what was found, with other paths and texts. */
export function absorbAnonymously(target: Diagnostics, found: readonly Diagnostic[], anonymiser: Anonymiser): void {
  for (const { kind, count, places } of found) {
    for (const { place, detail } of places) {
      const isOfOtherFile = kind === 'file_skipped' || kind === 'file_unreadable';
      const said = isOfOtherFile ? withoutExcerpt(detail ?? '') : detail;
      target.add(kind, anonymousPlace(place, anonymiser), said && anonymiser.message(said));
    }
    if (count > places.length) target.add(kind, undefined, undefined, count - places.length);
  }
}

function anonymousPlace(place: Place, anonymiser: Anonymiser): Place {
  const { path, field } = place;
  return { ...place, path: anonymiser.path(path), ...(field !== undefined && { field: anonymiser.text(field) }) };
}

/** The same error in other words. Of what is no error of ours only the message is left: its stack names files. */
export function anonymousError(error: unknown, anonymiser: Anonymiser): unknown {
  const said = (text: string): string => anonymiser.message(text);
  const hintOf = ({ hint }: { readonly hint: string | undefined }): { hint?: string } =>
    hint === undefined ? {} : { hint: said(hint) };
  if (error instanceof InputError) {
    const { code, at, expected, found } = error;
    const place = anonymousPlace(at, anonymiser);
    return new InputError(code, {
      at: place,
      expected: said(expected),
      found: said(withoutExcerpt(found)),
      ...hintOf(error),
    });
  }
  if (error instanceof UsageError) return new UsageError(error.code, said(error.message), hintOf(error).hint);
  if (error instanceof EnvironmentError) {
    const { code, path, message } = error;
    return new EnvironmentError(code, anonymiser.path(path), said(message), hintOf(error).hint);
  }
  return error instanceof Error ? new Error(said(error.message)) : error;
}
