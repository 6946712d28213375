import { type Diagnostics, InputError, type Source } from '../../../base/index.ts';
import { PADDING } from '../../../bytes/json-skip.ts';
import { FoundMeasurements, readingFiles, refusal } from '../load-files.ts';
import { Measurement } from '../measurement.ts';
import { metricCalled } from '../names.ts';
import { type Member, ObjectWalk, scalarIn, scalarsIn, textIn } from './members.ts';
import { PytorchRecords } from './pytorch-records.ts';
import { numbersIn } from './numbers.ts';
import { REQUEST_LISTS, Requests } from './requests.ts';

/** The whole file is in memory while it is read, and its numbers take up to four times as much. */
const MOST_BYTES = 1 << 28;
const EXPECTED = 'a result of a vLLM benchmark (serve, throughput or latency)';
const LISTS: ReadonlySet<string> = new Set(REQUEST_LISTS);
const [OPEN, OPEN_LIST] = [0x7b, 0x5b];

/** Reads results as JSON: one, a list, or several one behind the other. */
export const loadResultJson = readingFiles(async (source, diagnostics, onRead) => {
  const bytes = await wholeFile(source);
  onRead(source.sizeBytes);
  const walk = new ObjectWalk(bytes, source.sizeBytes);
  const records = new PytorchRecords({ path: source.path }, diagnostics);
  const found = new FoundMeasurements();
  let objectCount = 0;
  while (walk.next()) {
    const place = { path: source.path, offset: walk.at };
    if (found.isFull(place, diagnostics)) break;
    objectCount++;
    const measurement = new Measurement(place, diagnostics);
    new ResultObject(walk, measurement, records, diagnostics, place.path).read(place.offset);
    found.add(measurement);
  }
  for (const measurement of records.finish()) found.add(measurement);
  const { all } = found;
  if (all.length === 0) throw noResult(source, walk, bytes);
  tellEnding(walk, source, diagnostics);
  const emptyCount = objectCount - records.count - all.length;
  if (emptyCount > 0) diagnostics.add('part_ignored', { path: source.path }, 'objects without figures', emptyCount);
  return all;
});

async function wholeFile(source: Source): Promise<Uint8Array> {
  const { path, sizeBytes } = source;
  if (sizeBytes > MOST_BYTES) {
    throw new InputError('too_big', {
      at: { path, offset: MOST_BYTES },
      expected: `a result of at most ${MOST_BYTES} bytes (${MOST_BYTES >> 20} MiB)`,
      found: `${sizeBytes} bytes`,
      hint: 'the benchmark writes a small result without --save-detailed',
    });
  }
  const bytes = new Uint8Array(sizeBytes + PADDING);
  await source.slice(0, sizeBytes, bytes.subarray(0, sizeBytes));
  return bytes;
}

/** One object of a file: a result, or a record of the form that PyTorch's dashboards take. */
class ResultObject {
  readonly #walk: ObjectWalk;
  readonly #measurement: Measurement;
  readonly #records: PytorchRecords;
  readonly #diagnostics: Diagnostics;
  readonly #path: string;
  readonly #lists = new Map<string, Member>();
  readonly #parts = new Map<string, Member>();

  constructor(
    walk: ObjectWalk,
    measurement: Measurement,
    records: PytorchRecords,
    diagnostics: Diagnostics,
    path: string,
  ) {
    this.#walk = walk;
    this.#measurement = measurement;
    this.#records = records;
    this.#diagnostics = diagnostics;
    this.#path = path;
  }

  read(offset: number): void {
    const { bytes } = this.#walk;
    for (const member of this.#walk.members()) this.#take(member);
    if (this.#records.take(bytes, this.#parts)) return;
    for (const [key, member] of this.#parts) this.#leaveOut(key, member);
    if (this.#measurement.knownCount === 0) return;
    const place = { path: this.#path, offset };
    new Requests(bytes, this.#lists, this.#measurement, this.#diagnostics, place).work();
    this.#nameBenchmark();
  }

  #take(member: Member): void {
    const { bytes } = this.#walk;
    const { key, from } = member;
    const first = bytes[from];
    if (first === OPEN_LIST && LISTS.has(key)) this.#lists.set(key, member);
    else if (first === OPEN && key === 'percentiles') this.#takePercentiles(member);
    else if (first === OPEN) this.#parts.set(key, member);
    else if (first === OPEN_LIST) this.#leaveOut(key, member);
    else {
      const value = scalarIn(bytes, member);
      if (value !== undefined) this.#measurement.take(key, value);
      else
        this.#diagnostics.add('record_malformed', this.#placeOf(member), textIn(bytes, from, member.to).slice(0, 40));
    }
  }

  /** `{"99": 6.06}`, in seconds. */
  #takePercentiles(member: Member): void {
    for (const [percent, value] of scalarsIn(this.#walk.bytes, member)) {
      const meaning = /^\d{1,3}(\.\d+)?$/.test(percent) ? metricCalled(`p${percent}_latency`) : undefined;
      if (meaning !== undefined && typeof value === 'number') this.#measurement.setNumber(meaning, value, percent);
    }
  }

  /** Offline benchmarks say nothing of what was run: at least their figures are not those of a server. */
  #nameBenchmark(): void {
    const measurement = this.#measurement;
    if (measurement.hasLabel('benchmark') || measurement.has('ttft.mean') || measurement.hasLabel('request_rate'))
      return;
    if (measurement.has('latency.mean')) measurement.setLabel('benchmark', 'latency');
    else if (measurement.has('tokens.total')) measurement.setLabel('benchmark', 'throughput');
  }

  #leaveOut(key: string, member: Member): void {
    // An empty list says nothing.
    if (numbersIn(this.#walk.bytes, member)?.length === 0) return;
    this.#diagnostics.add('part_ignored', this.#placeOf(member), key.slice(0, 80));
  }

  #placeOf({ key, from }: Member): { path: string; offset: number; field: string } {
    return { path: this.#path, offset: from, field: key.slice(0, 80) };
  }
}

function tellEnding({ ending, at }: ObjectWalk, { path }: Source, diagnostics: Diagnostics): void {
  const place = { path, offset: at };
  if (ending === 'truncated') diagnostics.add('document_not_closed', place);
  if (ending === 'malformed') diagnostics.add('document_malformed', place);
}

function noResult(source: Source, { at, ending, limit }: ObjectWalk, bytes: Uint8Array): InputError {
  const from = ending === 'whole' ? 0 : Math.min(at, limit);
  return refusal(source, from, EXPECTED, bytes.subarray(from, limit));
}
