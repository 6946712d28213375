import type { Diagnostics } from '../../../base/index.ts';
import { type Literal, type LiteralHandler, literalOf } from '../../../bytes/index.ts';
import { NONE } from '../../../timeline/index.ts';
import type { Engine } from '../chips.ts';
import type { ResultFile } from './load-results.ts';
import type { RecordCells } from './record-args.ts';
import type { ResultRows } from './result-rows.ts';

type Members = ReadonlyMap<string, Literal>;

const ENGINES: Readonly<Record<string, Engine>> = { bdc: 'tiu', gdma: 'gdma', sdma: 'sdma', cdma: 'cdma' };
const UNIT_NS: Readonly<Record<string, number>> = { ns: 1, us: 1000 };
const KNOWN_VERSION = 1;
const NOTHING: Members = new Map();

/** Makes rows of the events of one document. */
export class JsonSink implements LiteralHandler {
  readonly #rows: ResultRows;
  readonly #file: ResultFile;
  readonly #diagnostics: Diagnostics;

  constructor(rows: ResultRows, file: ResultFile, diagnostics: Diagnostics) {
    this.#rows = rows;
    this.#file = file;
    this.#diagnostics = diagnostics;
  }

  value(name: string, value: Literal): void {
    const { metadata } = this.#rows.builder;
    if (name === 'arch' || name === 'source') metadata.set(name, JSON.stringify(plain(value)));
    if (name === 'schema_version' && value !== KNOWN_VERSION) {
      this.#diagnostics.add('db_schema_newer', { path: this.#file.path }, `${String(value)}, not ${KNOWN_VERSION}`);
    }
  }

  element(name: string, value: Literal, offset: number, sizeBytes: number): void {
    if (name !== 'events') return;
    const place = { path: this.#file.path, offset };
    const event = membersOf(value);
    const engine = ENGINES[textOf(event.get('engine'))];
    const unitNs = UNIT_NS[event.has('unit') ? textOf(event.get('unit')) : 'ns'];
    if (engine === undefined || unitNs === undefined) {
      this.#diagnostics.add('record_malformed', place, 'an event without an engine or a unit of time that is known');
      return;
    }
    const isAdded = this.#rows.addOp({
      ...{ engine, unit: unitOf(event, engine), ...functionOf(event, this.#rows) },
      startNs: numberOf(event.get('begin')) * unitNs,
      endNs: numberOf(event.get('end')) * unitNs,
      gbPerSecond: engine === 'tiu' ? 0 : bandwidthOf(event),
      ...{ argsFrom: this.#file.base + offset, argsBytes: sizeBytes },
    });
    if (!isAdded) this.#diagnostics.add('row_time_bad', place);
  }

  malformed(offset: number, expected: string): void {
    this.#diagnostics.add('record_malformed', { path: this.#file.path, offset }, expected);
  }
}

/** All that an event says, its fields without the names of their groups. */
export function jsonCells(record: Uint8Array): RecordCells {
  const event = membersOf(literalOf(record));
  const fields = [...membersOf(event.get('fields')).values()].flatMap((group) => [...membersOf(group)]);
  const own = [...event].filter(([key]) => key !== 'fields' && key !== 'engine');
  return Object.fromEntries([...own, ...fields].map(([key, value]) => [key, plain(value)]));
}

function functionOf(event: Members, { builder: { strings } }: ResultRows): { name: number; type: number } {
  const info = groupOf(event, 'info');
  const name = textOf(info.get('Function Name')) || textOf(event.get('opcode'));
  const type = textOf(info.get('Function Type'));
  return { name: name === '' ? NONE : strings.addText(name), type: type === '' ? NONE : strings.addText(type) };
}

function unitOf(event: Members, engine: Engine): number {
  const port = engine === 'cdma' ? groupOf(event, 'metadata').get('Port') : undefined;
  const unit = numberOf(port ?? event.get('core_id') ?? 0);
  return Number.isInteger(unit) && unit >= 0 && unit < 1000 ? unit : 0;
}

function bandwidthOf(event: Members): number {
  const groups = ['info', 'detail'].map((name) => groupOf(event, name));
  const found = groups.flatMap((group) =>
    ['DDR', 'L2M'].map((memory) => numberOf(group.get(`${memory} Bandwidth(GB/s)`))),
  );
  return Math.max(0, ...found.filter((each) => Number.isFinite(each)));
}

function groupOf(event: Members, name: string): Members {
  return membersOf(membersOf(event.get('fields')).get(name));
}

function membersOf(value: Literal | undefined): Members {
  return value instanceof Map ? (value as Members) : NOTHING;
}

function textOf(value: Literal | undefined): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? `${value}` : '';
}

function numberOf(value: Literal | undefined): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

function plain(value: Literal): unknown {
  if (value instanceof Map) return Object.fromEntries([...(value as Members)].map(([key, each]) => [key, plain(each)]));
  return Array.isArray(value) ? value.map((each: Literal) => plain(each)) : value;
}
