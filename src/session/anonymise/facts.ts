/** Facts of a whole file, as JSON values under their keys, and settings of profilers, as rows of a key and a value. */
import type { Anonymiser } from './anonymiser.ts';
import type { OriginalKind } from './replacements.ts';
import { isKnownFact, isPlainValue, kindOfKey } from './sensitive-keys.ts';

/** Calls back with every single value below a JSON value and the key that it stands under. */
export function visitFacts(key: string, json: string, visit: (key: string, text: string) => void): void {
  rewritten(key, parsed(json), (at, text) => {
    visit(at, text);
    return text;
  });
}

/** The value of a fact as JSON again. */
export function anonymousFact(key: string, json: string, anonymiser: Anonymiser): string {
  const value = parsed(json);
  const fact = rewritten(key, value, (at, text) => anonymousValue(at, text, isKnownFact(key), anonymiser));
  const replaced = JSON.stringify(fact);
  // Numbers over 2^53 do not survive a parser, so what says nothing of anybody stays as it stands.
  return replaced === JSON.stringify(value) ? json : replaced;
}

/** `isKnown`: whether the profiler itself wrote it. What somebody added may be anything. */
export function anonymousValue(key: string, text: string, isKnown: boolean, anonymiser: Anonymiser): string {
  const kind = kindOfKey(key, true);
  if (kind !== undefined) return text === '' || isCount(kind, text) ? text : anonymiser.value(kind, text);
  if (/version$/i.test(key) || isPlainValue(text)) return text;
  return isKnown && !isEnvironment(key) ? anonymiser.text(text) : anonymiser.value('value', text);
}

/** Variables of the environment: `ENV_VARIABLES.HCCL_IF_IP`, `LD_LIBRARY_PATH`. */
function isEnvironment(key: string): boolean {
  return /^env/i.test(key) || /(^|\.)[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(key);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** `nodes: 4` says how many there are. */
function isCount(kind: OriginalKind, text: string): boolean {
  return (kind === 'host' || kind === 'value') && isPlainValue(text);
}

/** Numbers under keys of people and jobs are texts as well. */
function rewritten(key: string, value: unknown, replace: (key: string, text: string) => string): unknown {
  if (typeof value === 'string') return replace(key, value);
  if (typeof value === 'number') return rewrittenNumber(key, value, replace);
  if (Array.isArray(value)) return value.map((each) => rewritten(key, each, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [replace('', name), rewritten(`${key}.${name}`, member, replace)]),
  );
}

function rewrittenNumber(key: string, value: number, replace: (key: string, text: string) => string): unknown {
  const text = String(value);
  const replaced = kindOfKey(key, true) === undefined ? text : replace(key, text);
  return replaced === text ? value : replaced;
}
