/** A run that can be asked, as bytes: what a page carries that was saved with a run in it. */
import { analyseRun, BUBBLE_KINDS } from '../../analysis/index.ts';
import { Diagnostics, type Diagnostic, UsageError } from '../../base/index.ts';
import type { ReportFacts } from '../../report/index.ts';
import type { TimeRange } from '../../timeline/cut.ts';
import type { Run } from '../../timeline/index.ts';
import { PackedColumns } from '../../timeline/packed-columns.ts';
import { packRun, type PackedRun, unpackRun } from '../../timeline/packed-run.ts';
import { decodeAnswer, encodeAnswer } from './codec.ts';
import { packKnown, type PackedKnown, unpackKnown } from './known-devices.ts';
import { ViewedRun } from './viewed-run.ts';

interface SavedRun {
  readonly name: string;
  readonly run: PackedRun;
  readonly known: PackedKnown | undefined;
  readonly facts: Omit<ReportFacts, 'diagnostics'>;
  readonly diagnostics: readonly Diagnostic[];
}

/** More than this no browser opens as one page. */
const MOST_BYTES = 1.5 * 2 ** 30;
/** About, of the columns of a slice. */
const SLICE_BYTES = 60;

export async function saveRun({ name, run, known, facts: { diagnostics, ...facts } }: ViewedRun): Promise<Uint8Array> {
  if (roughBytes(run) > MOST_BYTES) throw tooBig();
  const { packed, columns } = await packRun(run);
  const saved: SavedRun = {
    ...{ name, run: packed, facts, diagnostics: diagnostics.list() },
    known: known && packKnown(known, columns),
  };
  return encodeAnswer({ json: withoutFolder(saved, commonFolder(run)), columns: columns.byName });
}

/** `bytes` are of one page with this script. */
export function openSaved(bytes: ArrayBuffer): ViewedRun {
  const { json, columns } = decodeAnswer(bytes);
  const { name, run, known, facts, diagnostics } = json as SavedRun;
  const packed = new PackedColumns(columns);
  const found = new Diagnostics();
  for (const { kind, count, places } of diagnostics) {
    for (const { place, detail } of places) found.add(kind, place, detail);
    found.add(kind, undefined, undefined, count - places.length);
  }
  return new ViewedRun(
    name,
    unpackRun(run, packed),
    { ...facts, diagnostics: found },
    known && unpackKnown(known, packed),
  );
}

/** What a range of it holds, with the steps and the causes of bubbles that the whole run tells. */
export function partOf({ run, facts }: ViewedRun, range: TimeRange, name: string): ViewedRun {
  const part = analyseRun(run, { range, bubbleKinds: BUBBLE_KINDS });
  return new ViewedRun(name, part.run, facts, part.devices);
}

function roughBytes(run: Run): number {
  return run.shards.reduce((sum, { timeline: { slices } }) => {
    const argsBytes = slices.argsBytes.reduce((bytes, each) => bytes + each, 0);
    return sum + argsBytes + slices.length * SLICE_BYTES;
  }, 0);
}

function tooBig(): UsageError {
  return new UsageError(
    'too_big_to_save',
    '--save: the run is larger than what a browser opens as one page',
    'save a part of it with --range, or serve it without --save',
  );
}

/** What all captures lie in, with a slash at the end: how the folders above are called is nobody else's business. */
export function commonFolder({ shards }: Run): string {
  const above = shards.flatMap(({ capture }) => /^(.*[\\/])[^\\/]+$/.exec(capture ?? '')?.[1] ?? []);
  const [first = ''] = above;
  let folder = first;
  while (!above.every((each) => each.startsWith(folder))) folder = folder.replace(/[^\\/]*[\\/]$/, '');
  return folder;
}

/** Wherever it stands in a text: findings name other files. */
function withoutFolder<T>(value: T, folder: string): T {
  if (folder.length <= 1) return value;
  const text = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'string' ? each.replaceAll(folder, '') : each,
  );
  return JSON.parse(text) as T;
}
