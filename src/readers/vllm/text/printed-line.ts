import type { Scalar } from '../measurement.ts';
import { labelCalled, metricCalled } from '../names.ts';
import { unitCalled } from '../units.ts';

/** A name with its value. */
export interface PrintedFigure {
  readonly name: string;
  readonly value: Scalar;
}

/** Of a line without colours: the bars of progress overwrite one another. */
export function shownParts(line: string): string[] {
  return line
    .replace(COLOURS, '')
    .split('\r')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const ESCAPE = String.fromCharCode(0x1b);
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]`, 'g');
const FIGURE =
  /^(.{1,200}?)\s*[:：]\s+(-?(?:\d[\d.,]*(?:e[-+]?\d+)?|inf|nan)|none|not set)(?:\s*\(.*\)|\s+([%\w/]+))?\.?$/i;
/** Words that loggers put in front. */
const MOST_WORDS_IN_FRONT = 12;

/**
 * "Mean TTFT (ms):   1263.75" as its name and value. Of what stands in front of a name that is known only the name is kept;
 * a unit behind the value becomes one behind the name.
 */
export function figureIn(line: string): PrintedFigure | undefined {
  const [, before, value, unit] = FIGURE.exec(line) ?? [];
  if (before === undefined) return undefined;
  const isUnit = unit !== undefined && unitCalled(unit) !== undefined;
  const name = knownEnd(before);
  return { name: isUnit ? `${name} (${unit})` : name, value: value.replaceAll(',', '') };
}

function knownEnd(text: string): string {
  const words = text.split(/\s+/);
  for (let from = 0; from < Math.min(words.length, MOST_WORDS_IN_FRONT); from++) {
    const name = words.slice(from).join(' ');
    if (isKnown(name)) return name;
  }
  return text;
}

export function isKnown(name: string): boolean {
  return metricCalled(name) !== undefined || labelCalled(name) !== undefined;
}

const ARGUMENT = /\b(\w+)=(?:'([^']{0,500})'|"([^"]{0,500})"|([^\s,()'"]{1,100}))/g;

/** The arguments of a command as Python prints them: `Namespace(backend='vllm', request_rate=inf)`. Those known as labels. */
export function argumentsIn(line: string): [label: string, value: string][] | undefined {
  const from = line.indexOf('Namespace(');
  if (from < 0) return undefined;
  return [...line.slice(from).matchAll(ARGUMENT)].flatMap(([, name, single, double, bare]) => {
    const label = labelCalled(name);
    return label === undefined ? [] : [[label, single ?? double ?? bare]];
  });
}
