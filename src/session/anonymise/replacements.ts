/** What an original is: the word that stands for it, with a number behind. */
export type OriginalKind =
  'host' | 'domain' | 'user' | 'job' | 'path' | 'file' | 'url' | 'email' | 'ip' | 'mac' | 'id' | 'value';

/** Numbers originals as they are met: equal ones get equal replacements, and no two the same. */
export class Replacements {
  readonly #known = new Map<OriginalKind, Map<string, string>>();

  /** `host-1`. */
  of(kind: OriginalKind, original: string): string {
    const ofKind = this.#known.get(kind) ?? new Map<string, string>();
    this.#known.set(kind, ofKind);
    const replacement = ofKind.get(original) ?? `${kind}-${ofKind.size + 1}`;
    ofKind.set(original, replacement);
    return replacement;
  }
}
