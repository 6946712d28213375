/** Labels as people read and sort them. */
import { compareText } from '../../base/index.ts';
import type { Labels } from '../../timeline/index.ts';

/** What people look for first; other labels follow by their names. */
const FIRST = ['model', 'backend', 'engine', 'tensor_parallel_size', 'request_rate', 'max_concurrency', 'batch'];
const NAMES = [...FIRST, 'prefill', 'decode'];

function compareNames(a: string, b: string): number {
  const [one, other] = [a, b].map((name) => (NAMES.includes(name) ? NAMES.indexOf(name) : NAMES.length));
  return one - other || compareText(a, b);
}

export function sortedLabels(labels: Labels): [name: string, value: string][] {
  return Object.entries(labels).sort(([a], [b]) => compareNames(a, b));
}

/** `model=Qwen,batch=4`, as rules select them; '' without labels. */
export function labelsAsText(labels: Labels): string {
  return sortedLabels(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** 8 is before 16, and "inf" behind all numbers. */
export function compareLabels(a: Labels, b: Labels): number {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(compareNames);
  for (const name of names) {
    const [one, other] = [valueOf(a, name), valueOf(b, name)];
    if (one === other) continue;
    const [left, right] = [Number(one === '' ? Number.NaN : one), Number(other === '' ? Number.NaN : other)];
    if (Number.isFinite(left) && Number.isFinite(right) && left !== right) return left - right;
    if (Number.isFinite(left) !== Number.isFinite(right)) return Number.isFinite(left) ? -1 : 1;
    return compareText(one, other);
  }
  return 0;
}

/** The value of a label; '' where it is missing. Names are hostile: `toString` is no label of everything. */
export function valueOf(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? labels[name] : '';
}

/** What all have in common: it does not tell them apart. */
export function commonLabels(all: readonly Labels[]): Labels {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) =>
      others.every((labels) => Object.hasOwn(labels, name) && labels[name] === value),
    ),
  );
}

export function labelsWithout(labels: Labels, left: (name: string) => boolean): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !left(name)));
}
