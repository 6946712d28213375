import { UsageError } from '../base/index.ts';
import { isWeb } from '../platform/node/index.ts';

export interface ScrapeFlags {
  readonly output: string;
  readonly every: string;
  readonly for?: string;
  readonly timeout: string;
  readonly match?: string;
  readonly header?: readonly string[];
}

export interface Pace {
  readonly everyMs: number;
  /** Infinite where nobody says. */
  readonly forMs: number;
  readonly timeoutMs: number;
}

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** Asking more often is asking for nothing else. */
const LEAST_MS = 10;
const MOST_MS = 2 ** 31 - 1;

export function parsePace({ every, timeout, for: duration }: ScrapeFlags): Pace {
  return {
    everyMs: parseTime('--every', every),
    timeoutMs: parseTime('--timeout', timeout),
    forMs: duration === undefined ? Number.POSITIVE_INFINITY : parseTime('--for', duration),
  };
}

function parseTime(flag: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/.exec(text.trim()) ?? [];
  const ms = Number(digits) * UNITS_MS[unit ?? ''];
  if (ms >= LEAST_MS && ms <= MOST_MS) return ms;
  const why = Number.isNaN(ms) ? 'is no time with a unit' : ms < LEAST_MS ? 'is too short' : 'is too long';
  throw new UsageError('bad_duration', `${flag} ${text} ${why}`, 'write it like 500ms, 1s, 5m or 2h, from 10ms on');
}

/** What is said of a wrong address does not repeat it: it may hold a password. */
export function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && isWeb(url)) return url;
  const hint = 'write the whole address, such as http://127.0.0.1:8000/metrics';
  throw new UsageError('bad_url', 'the address is no http or https address', hint);
}

/** Where a page is, without what may be secret: no user, no password, no question. */
export function publicAddress({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~\w]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

export function parseHeaders(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, Math.max(0, colon)).trim(), line.slice(colon + 1).trim()];
    if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) {
      throw new UsageError('bad_header', '--header: this is no header', 'write it like "Authorization: Bearer TOKEN"');
    }
    headers.set(name.toLowerCase(), value);
  }
  return headers;
}

export function parseMatch(pattern: string | undefined): ((name: string) => boolean) | undefined {
  if (pattern === undefined) return undefined;
  try {
    const wanted = new RegExp(pattern);
    return (name) => wanted.test(name);
  } catch {
    throw new UsageError('bad_pattern', `--match ${pattern}: no regular expression`, "quote it: --match '^vllm:num_'");
  }
}
