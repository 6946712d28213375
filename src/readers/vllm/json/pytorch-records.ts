import { type Diagnostics, mean, type Place } from '../../../base/index.ts';
import { Measurement } from '../measurement.ts';
import { labelCalled, metricCalled } from '../names.ts';
import { type Member, ObjectWalk, scalarIn, scalarsIn } from './members.ts';
import { numbersIn } from './numbers.ts';

/**
 * `*.pytorch.json`: a record per metric with a `benchmark`, a `model` and a `metric`. The records of one model and command
 * are one measurement.
 */
export class PytorchRecords {
  readonly #place: Place;
  readonly #diagnostics: Diagnostics;
  readonly #measurements = new Map<string, Measurement>();
  count = 0;

  constructor(place: Place, diagnostics: Diagnostics) {
    this.#place = place;
    this.#diagnostics = diagnostics;
  }

  /** False where the parts of an object do not make a record. */
  take(b: Uint8Array, parts: ReadonlyMap<string, Member>): boolean {
    const [benchmark, model, metric] = ['benchmark', 'model', 'metric'].map((name) => parts.get(name));
    if (benchmark === undefined || model === undefined || metric === undefined) return false;
    const modelName = scalar(b, model, 'name');
    const metricName = scalar(b, metric, 'name');
    const values = member(b, metric, 'benchmark_values');
    const numbers = values && numbersIn(b, values);
    if (typeof metricName !== 'string' || numbers === undefined || numbers.length === 0) return false;
    this.count++;
    const args = nested(b, benchmark, 'extra_info', 'args');
    const extra = member(b, metric, 'extra_info');
    const measurement = this.#measurementOf(b, modelName, args);
    if (typeof modelName === 'string') measurement.setLabel('model', modelName);
    for (const [key, value] of args === undefined ? [] : scalarsIn(b, args)) {
      const label = labelCalled(key);
      if (label !== undefined) measurement.setLabel(label, value);
    }
    for (const [key, value] of extra === undefined ? [] : scalarsIn(b, extra)) {
      if (!(measurement.has(metricCalled(key)?.id ?? key) || measurement.hasLabel(key))) measurement.take(key, value);
    }
    // The values of a latency benchmark are those of its batches; all others are one number.
    const isOfBatches = metricName === 'latency';
    measurement.take(isOfBatches ? 'avg_latency' : metricName, mean(numbers));
    return true;
  }

  finish(): Measurement[] {
    return [...this.#measurements.values()].filter(({ knownCount }) => knownCount > 0);
  }

  #measurementOf(b: Uint8Array, model: unknown, args: Member | undefined): Measurement {
    const key = `${String(model)} ${args === undefined ? '' : new TextDecoder().decode(b.subarray(args.from, args.to))}`;
    let measurement = this.#measurements.get(key);
    if (measurement === undefined) {
      this.#measurements.set(key, (measurement = new Measurement(this.#place, this.#diagnostics)));
    }
    return measurement;
  }
}

function member(b: Uint8Array, { from, to }: Member, name: string): Member | undefined {
  const walk = new ObjectWalk(b, to);
  walk.at = from;
  for (const each of walk.members()) if (each.key === name) return each;
  return undefined;
}

function nested(b: Uint8Array, outer: Member, ...names: string[]): Member | undefined {
  let at: Member | undefined = outer;
  for (const name of names) at = at !== undefined && b[at.from] === 0x7b ? member(b, at, name) : undefined;
  return at;
}

function scalar(b: Uint8Array, outer: Member, name: string): unknown {
  const found = member(b, outer, name);
  return found === undefined ? undefined : scalarIn(b, found);
}
