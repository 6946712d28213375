import type { Better, MetricUnit } from '../../timeline/index.ts';

/** What a number is written in: how many of `unit` one of it is. */
export interface WrittenUnit {
  readonly unit: MetricUnit;
  readonly factor: number;
}

const time = (factor: number): WrittenUnit => ({ unit: 'ns', factor });
const bytes = (factor: number): WrittenUnit => ({ unit: 'bytes', factor });
const RATE: WrittenUnit = { unit: '1/s', factor: 1 };
export const COUNT: WrittenUnit = { unit: 'count', factor: 1 };
export const SECONDS = time(1e9);
export const MILLISECONDS = time(1e6);
export const PERCENT: WrittenUnit = { unit: 'ratio', factor: 0.01 };

/** By what stands in brackets behind a name, or behind a value. */
const UNITS: Readonly<Record<string, WrittenUnit>> = {
  ...{ ns: time(1), us: time(1e3), µs: time(1e3), ms: MILLISECONDS, s: SECONDS, sec: SECONDS, second: SECONDS },
  ...{ seconds: SECONDS, 'req/s': RATE, 'reqs/s': RATE, 'requests/s': RATE, rps: RATE, 'tok/s': RATE, 'toks/s': RATE },
  ...{ 'token/s': RATE, 'tokens/s': RATE, tps: RATE, qps: RATE, '1/s': RATE, '%': PERCENT },
  ...{ b: bytes(1), bytes: bytes(1), kib: bytes(2 ** 10), mib: bytes(2 ** 20), gib: bytes(2 ** 30) },
  ...{ kb: bytes(1e3), mb: bytes(1e6), gb: bytes(1e9) },
};

/** By how a name ends, the first that fits; spaces are underscores. */
const SUFFIXES: readonly (readonly [suffix: RegExp, unit: WrittenUnit])[] = [
  [/_per_s(ec(ond)?)?$|_tps$|_qps$|_rps$|_throughput$/, RATE],
  [/(^|_)(tok(en)?|req(uest)?)s?[/_]s(ec(ond)?)?$/, RATE],
  [/_ms$/, MILLISECONDS],
  [/_us$/, time(1e3)],
  [/_ns$/, time(1)],
  [/_s(ec(onds)?)?$/, SECONDS],
  [/_bytes$/, bytes(1)],
  [/_(rate|ratio|perc)$/, { unit: 'ratio', factor: 1 }],
  [/_percent(age)?$|_pct$/, PERCENT],
];

/** Longer ones are none: looking for brackets among very many spaces takes long. */
const LONGEST_NAME = 200;
const BRACKETS = /\s*[([（]([^()[\]（）]*)[)\]）]$/;

export interface UnitOfName {
  /** The name without the unit in brackets. */
  readonly stem: string;
  /** Undefined where the name says nothing of it. */
  readonly written: WrittenUnit | undefined;
}

/** "Mean TTFT (ms)" and "mean_ttft_ms" are milliseconds. Brackets that hold no unit belong to the name. */
export function unitOfName(name: string): UnitOfName {
  if (name.length > LONGEST_NAME) return { stem: name, written: undefined };
  const [brackets, inside = ''] = BRACKETS.exec(name) ?? [''];
  const inBrackets = unitCalled(inside);
  if (inBrackets !== undefined) return { stem: name.slice(0, name.length - brackets.length), written: inBrackets };
  const lower = name.toLowerCase().replace(/[\s-]/g, '_');
  return { stem: name, written: SUFFIXES.find(([suffix]) => suffix.test(lower))?.[1] };
}

export function unitCalled(text: string): WrittenUnit | undefined {
  const key = text.trim().toLowerCase();
  return Object.hasOwn(UNITS, key) ? UNITS[key] : undefined;
}

/** Of a number of which nothing but its unit is known. */
export function betterOfUnit(unit: MetricUnit): Better {
  return unit === 'ns' ? 'lower' : unit === '1/s' ? 'higher' : 'neither';
}
