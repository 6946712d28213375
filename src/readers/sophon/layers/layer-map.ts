/** Which commands each layer of a model became. */
import type { Chip } from '../chips.ts';
import type { GlobalProfile } from '../global-profile.ts';

/** One run of consecutive commands of a layer; a layer in a fused group has several. */
export interface LayerRun {
  /** As people know it: '80_Relu (Conv2D)'. */
  readonly label: string;
  /** As 'Conv2D'. */
  readonly type: string;
  /** The compiler's number of it: that of its line in final.mlir. */
  readonly layerId: number;
  /** One of a group that shares local memory. */
  readonly isLocal: boolean;
  readonly core: number;
  readonly subnet: number;
  /** Numbers of its commands, from 1: those above `after` to `upTo`; equal where it has none on the engine. */
  readonly tiu: IdSpan;
  readonly dma: IdSpan;
}

export interface IdSpan {
  readonly after: number;
  readonly upTo: number;
}

const DIALECT = /^(tpu|top)\./;
const NOTHING: IdSpan = { after: 0, upTo: 0 };

/** Of `tensor_location.json`, which the compiler writes and users copy in. Entries of another form count in `oddCount`. */
export function layersOfLocations(text: string): { layers: LayerRun[]; oddCount: number } | undefined {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(entries)) return undefined;
  const layers = entries.flatMap((entry: unknown) => layerOfEntry(entry) ?? []);
  return { layers, oddCount: entries.length - layers.length };
}

function layerOfEntry(entry: unknown): LayerRun | undefined {
  if (!isObject(entry)) return undefined;
  const [before, after] = [countersOf(entry['tiu_dma_id(before)']), countersOf(entry['tiu_dma_id(after)'])];
  if (before === undefined || after === undefined) return undefined;
  const opcode = typeof entry.opcode === 'string' ? entry.opcode.replace(DIALECT, '') : '';
  const results: readonly unknown[] = Array.isArray(entry.results) ? entry.results : [];
  const named = results.find((each) => isObject(each) && typeof each.name === 'string');
  const name = isObject(named) && typeof named.name === 'string' ? named.name : '';
  const layerId = numberOf(entry['file-line']);
  return {
    ...{ label: labelOf(name, opcode, layerId), type: opcode, layerId, isLocal: entry.is_local === true },
    ...{ core: numberOf(entry.core_id), subnet: numberOf(entry.subnet_id) },
    tiu: { after: before[0], upTo: after[0] },
    dma: { after: before[1], upTo: after[1] },
  };
}

/** Of the lines of global.profile, on chips whose lines name commands by their own numbers. */
export function layersOfProfile({ layers, commands }: GlobalProfile, { engineClocks }: Chip): LayerRun[] {
  if (engineClocks !== 'nothing') return [];
  const runs = layers.map(({ id, type, name, isLocal, subnet }) => {
    return { label: labelOf(name, type, id), type, layerId: id, isLocal, core: 0, subnet, tiu: NOTHING, dma: NOTHING };
  });
  for (const { engine, layer, tiuId, gdmaId } of commands) {
    const run = runs[layer];
    if (run === undefined) continue;
    if (engine === 'tiu') run.tiu = withId(run.tiu, tiuId);
    else run.dma = withId(run.dma, gdmaId);
  }
  return runs;
}

function withId({ after, upTo }: IdSpan, id: number): IdSpan {
  return after === upTo ? { after: id - 1, upTo: id } : { after: Math.min(after, id - 1), upTo: Math.max(upTo, id) };
}

function labelOf(name: string, type: string, id: number): string {
  if (name !== '') return type === '' ? name : `${name} (${type})`;
  return `${type === '' ? 'layer' : type} ${id}`;
}

function countersOf(value: unknown): readonly [tiu: number, dma: number] | undefined {
  if (!Array.isArray(value) || value.length < 2) return undefined;
  const [tiu, dma] = [numberOf(value[0]), numberOf(value[1])];
  return Number.isNaN(tiu + dma) ? undefined : [tiu, dma];
}

/** NaN where it is none. */
function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : Number.NaN;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
