import { fileName } from '../../timeline/index.ts';
import { anonymousTexts } from './json-texts.ts';
import { anonymousPath } from './path-names.ts';
import { ordinaryWords } from './ordinary-words.ts';
import { type OriginalKind, Replacements } from './replacements.ts';
import { SAID_IN_TEXT, kindOfKey } from './sensitive-keys.ts';
import { isLoopback, literal, ROOT_OF_FILE, textPattern, UNSPACED_LETTER, USER_IN_PATH } from './text-patterns.ts';

const SHORTEST_WORD = 3;
const LONGEST_WORD = 200;
/** Of a text is kept what it is cut out of, too: all args of an op. */
const MOST_TEXTS = 1 << 13;
const LONGEST_KNOWN_TEXT = 1 << 12;

/**
 * Replaces what tells who made a capture and where: the same original by the same replacement, in everything that it is used
 * for. First it learns of originals, which may stand anywhere, then it replaces them.
 */
export class Anonymiser {
  readonly #replacements = new Replacements();
  /** Host names and the like, in lower case, with what each is. */
  readonly #words = new Map<string, string>();
  readonly #roots = new Set<string>();
  /** Paths as they are shown to people, and the names of folders in them, with what stands for them. */
  readonly #places = new Map<string, string>();
  /** What stands for paths, so that a message about them says the same. */
  readonly #made = new Set<string>();
  #pattern: RegExp | undefined;
  /** The same texts stand in the args of many ops. */
  readonly #texts = new Map<string, string>();

  /** A name wherever it stands as a word of its own. */
  learnWord(kind: OriginalKind, original: string): void {
    const word = plainWord(original);
    if (!isTelling(word) || this.#words.has(word)) return;
    this.#words.set(word, this.#replacements.of(kind, original));
    this.#pattern = undefined;
    // Only a point parts a host from its domain: the first word of gpu-node-3 is no name.
    const name = kind === 'host' ? original.trim().toLowerCase().replace(/:\d+$/, '') : '';
    const [, host = '', domain = ''] = /^([^.]*[a-z][^.]*)\.(.*[a-z].*)$/.exec(name) ?? [];
    for (const short of [plainWord(name), plainWord(host)]) {
      if (isTelling(short) && !this.#words.has(short)) this.#words.set(short, this.#replacements.of(kind, original));
    }
    if (domain.includes('.')) this.learnWord('domain', domain);
  }

  /** What a text says of users, hosts, jobs and file systems. */
  learn(text: string): void {
    for (const [, key, value, list] of text.matchAll(SAID_IN_TEXT)) {
      const kind = kindOfKey(key, false);
      for (const each of list?.split(/[",\s]+/) ?? [value]) if (kind !== undefined) this.learnWord(kind, each);
    }
    for (const [, user] of text.matchAll(USER_IN_PATH)) this.learnWord('user', user);
    for (const [, root] of text.matchAll(ROOT_OF_FILE)) this.#learnRoot(root);
  }

  /** A path that is known to be one, so that it is replaced in messages in whatever way it is written. */
  learnPlace(path: string): void {
    if (path.length < SHORTEST_WORD || this.#places.has(path)) return;
    this.learn(path);
    this.#learnRoot(/^\/([^/]+)\/./.exec(path)?.[1] ?? '');
    const replacement = this.path(path);
    this.#places.set(path, replacement);
    const [above, inside] = [path, replacement].map((each) => each.slice(0, -fileName(each).length - 1));
    for (const [part, other] of [
      [fileName(path), fileName(replacement)],
      [above, inside],
    ]) {
      if (part.length >= SHORTEST_WORD && !this.#places.has(part)) this.#places.set(part, other);
    }
  }

  path(path: string): string {
    if (this.#made.has(path)) return path;
    const replacement = anonymousPath(path, this.#replacements);
    this.#made.add(replacement);
    return replacement;
  }

  /** What a key of this kind says. */
  value(kind: OriginalKind, original: string): string {
    if (isLoopback(original)) return original;
    return this.#words.get(plainWord(original)) ?? this.#replacements.of(kind, original);
  }

  /** A text of a capture. Numbers stay. */
  text(text: string): string {
    if (text.length > LONGEST_KNOWN_TEXT) return this.#replaced(text);
    if (this.#pattern === undefined || this.#texts.size > MOST_TEXTS) this.#texts.clear();
    let replaced = this.#texts.get(text);
    if (replaced === undefined) {
      replaced = this.#replaced(text);
      this.#texts.set(text, replaced);
    }
    return replaced;
  }

  #replaced(text: string): string {
    this.#pattern ??= textPattern(this.#roots, [...this.#words.keys()]);
    if (/^[\d\s.]{0,6}$|^\d+$/.test(text)) return text;
    return text.replace(this.#pattern, (...match) => {
      const groups = match.at(-1) as Partial<Record<string, string>>;
      const [kind, found = ''] = Object.entries(groups).find(([, group]) => group !== undefined) ?? ['word'];
      return this.#replacementOf(kind, found);
    });
  }

  /** The same value with other texts: arrays, plain objects and what stands in them. */
  texts<T>(value: T): T {
    this.learn(JSON.stringify(value));
    return anonymousTexts(value, '', this);
  }

  /** A sentence of ours, which may name inputs as they stand on the command line. */
  message(text: string): string {
    const places = [...this.#places.keys()].sort((a, b) => b.length - a.length);
    if (places.length === 0) return this.text(text);
    const pattern = new RegExp(`(?<![\\w.-])(?:${places.map(literal).join('|')})(?![\\w-])`, 'g');
    const replaced: string[] = [];
    let from = 0;
    for (const { index, 0: found } of text.matchAll(pattern)) {
      replaced.push(this.text(text.slice(from, index)), this.#places.get(found) ?? '');
      from = index + found.length;
    }
    return [...replaced, this.text(text.slice(from))].join('');
  }

  #replacementOf(kind: string, found: string): string {
    const known = this.#words.get(plainWord(found));
    if (known !== undefined) return known;
    switch (kind) {
      case 'path':
      case 'python':
        return this.path(found);
      case 'url': {
        const [, scheme, host] = /^(.*?:\/\/)([^/:]*)/.exec(found) ?? [];
        return isLoopback(host) && /^.*?:\/\/[^/:]*(:\d+)?\/?$/.test(found)
          ? found
          : scheme + this.#replacements.of('url', found);
      }
      case 'email':
      case 'mac':
      case 'id':
        return this.#replacements.of(kind, found);
      case 'hash':
        return this.#replacements.of('id', found);
      case 'ip':
        // Behind it may stand which of its interfaces a machine has it on.
        return isLoopback(found) ? found : this.#replacements.of('ip', found.replace(/%.*/, ''));
      default:
        return found;
    }
  }

  #learnRoot(root: string): void {
    if (root === '' || this.#roots.has(root)) return;
    this.#roots.add(root);
    this.#pattern = undefined;
  }
}

/** As it is looked up: people write ada.lovelace, ada_lovelace and Ada-Lovelace. */
function plainWord(word: string): string {
  return word.trim().toLowerCase().replace(/[_-]/g, '.');
}

const ORDINARY = ordinaryWords(plainWord);

/** Whether it can be known as a name wherever it stands. */
function isTelling(word: string): boolean {
  if (word.length > LONGEST_WORD || /^\d{1,4}$/.test(word) || ORDINARY.has(word) || isLoopback(word)) return false;
  // One Chinese letter says as much as several others.
  const letters = word.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters >= (UNSPACED_LETTER.test(word) ? 2 : SHORTEST_WORD);
}
