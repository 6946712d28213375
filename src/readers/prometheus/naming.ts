import {
  type Better,
  knownMetric,
  type Labels,
  lastFolder,
  METRIC_FAMILIES,
  type MetricUnit,
} from '../../timeline/index.ts';
import { COUNTERS, type CounterMeaning, IN_SECONDS, LABEL_NAMES, plainName, RUN_LABELS } from './vllm-names.ts';

/** What a metric of the page is called here, and what its numbers are multiplied by to be in `unit`. */
export interface MetricNaming {
  readonly id: string;
  readonly unit: MetricUnit;
  readonly better: Better;
  readonly scale: number;
}

/** `known`: what it is called everywhere; metrics without such a name keep that of the page, and more per second is better. */
export function namingOf(name: string, known: string | undefined): MetricNaming {
  const unit = unitOf(name);
  if (known === undefined) return { id: name, better: unit.unit === '1/s' ? 'higher' : 'neither', ...unit };
  const family = METRIC_FAMILIES[known] ?? knownMetric(known);
  return { id: known, unit: family.unit, better: family.better, scale: unit.scale };
}

function unitOf(name: string): Pick<MetricNaming, 'unit' | 'scale'> {
  const plain = plainName(name).replace(/_total$/, '');
  if (plain.endsWith('_milliseconds')) return { unit: 'ns', scale: 1e6 };
  if (plain.endsWith('_seconds') || IN_SECONDS.has(plain)) return { unit: 'ns', scale: 1e9 };
  if (plain.endsWith('_bytes')) return { unit: 'bytes', scale: 1 };
  if (plain.endsWith('_per_s')) return { unit: '1/s', scale: 1 };
  return { unit: /_(perc|rate|ratio)$/.test(plain) ? 'ratio' : 'count', scale: 1 };
}

/** In whole nanoseconds where it is a time. */
export function scaled(value: number, { unit, scale }: MetricNaming): number {
  return unit === 'ns' ? Math.round(value * scale) : value * scale;
}

/** The model is called by the last folder of its path. */
export function labelsOf(labels: ReadonlyMap<string, string>, without?: string): Labels {
  const named = [...labels].flatMap(([key, value]): [string, string][] => {
    if (key === without) return [];
    return [[LABEL_NAMES.get(key) ?? key, key === 'model_name' ? lastFolder(value) : value]];
  });
  return Object.fromEntries(named);
}

/**
 * What a metric of the page is called, and what was run. Labels of names that nobody knows are no measurements of their own:
 * `vllm:request_success_total{finished_reason="stop"}` is one more number of the same run.
 */
export function placed(
  name: string,
  known: string | undefined,
  labels: ReadonlyMap<string, string>,
): { readonly naming: MetricNaming; readonly labels: Labels } {
  const naming = namingOf(name, known);
  if (known !== undefined) return { naming, labels: labelsOf(labels) };
  const own = [...labels].filter(([key]) => !RUN_LABELS.has(key));
  const text = own.map(([key, value]) => `${key}=${JSON.stringify(value)}`).sort();
  return {
    naming: text.length === 0 ? naming : { ...naming, id: `${name}{${text.join(',')}}` },
    labels: labelsOf(new Map([...labels].filter(([key]) => RUN_LABELS.has(key)))),
  };
}

/** What a counter is counted for; a counter may be several metrics, by its labels. */
export function meaningOf(name: string, labels: ReadonlyMap<string, string>): CounterMeaning | undefined {
  const plain = plainName(name);
  if (plain === name) return undefined;
  return COUNTERS.find(
    ({ name: own, over }) => own === plain && (over === undefined || over.isCounted(labels.get(over.label) ?? '')),
  );
}
