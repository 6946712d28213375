import type { Diagnostics } from '../../../base/index.ts';
import { JsonNumber, type JsonObject, type JsonValue } from '../../../bytes/index.ts';
import type { Table } from '../../../timeline/index.ts';
import { isObject } from '../json-document.ts';
import { type Facts, RecordTable } from '../tables/record-table.ts';
import { selectionOf, stepNumber } from './op-names.ts';
import { BANDWIDTH_COLUMNS, COLLECTIVE_COLUMNS, LINK_COLUMNS, PACKET_COLUMNS } from './records.ts';

const TIME_INFO = 'Communication Time Info';
const BANDWIDTH_INFO = 'Communication Bandwidth Info';
const SIZES = 'Size Distribution';

type Entry = readonly [key: string, value: JsonValue];

/**
 * Figures of collectives. Of one rank: { step: { p2p | collective: { op: record } } }; of a cluster: { p2p | ranks: { step:
 * { op: { rank: record } } } }. In a matrix the record is { "from-to": transfer } in both.
 */
export class CommunicationOps {
  readonly #path: string;
  readonly #diagnostics: Diagnostics;
  readonly #collectives: RecordTable;
  readonly #bandwidth: RecordTable;
  readonly #packets: RecordTable;
  readonly #links: RecordTable;

  constructor(path: string, diagnostics: Diagnostics) {
    this.#path = path;
    this.#diagnostics = diagnostics;
    this.#collectives = new RecordTable('collectives', path, COLLECTIVE_COLUMNS, diagnostics);
    this.#bandwidth = new RecordTable('bandwidth', path, BANDWIDTH_COLUMNS, diagnostics);
    this.#packets = new RecordTable('packets', path, PACKET_COLUMNS, diagnostics);
    this.#links = new RecordTable('links', path, LINK_COLUMNS, diagnostics);
  }

  /** Those that hold something. */
  finish(): Table[] {
    return [this.#collectives, this.#bandwidth, this.#packets, this.#links]
      .filter(({ rowCount }) => rowCount > 0)
      .map((table) => table.finish());
  }

  read(root: JsonObject): void {
    for (const [outer, inside] of root) {
      for (const [inner, ops] of this.#entries(inside, outer)) {
        const isOfRank = inner === 'p2p' || inner === 'collective';
        const place: Entry[] = isOfRank
          ? [
              ['step', stepNumber(outer)],
              ['kind', inner],
            ]
          : [
              ['step', stepNumber(inner)],
              ['kind', outer === 'p2p' ? outer : 'collective'],
              ['ranks', outer === 'p2p' ? null : ranksOf(outer)],
            ];
        for (const [op, value] of this.#entries(ops, `${outer}.${inner}`)) this.#op(place, op, value);
      }
    }
  }

  #op(place: readonly Entry[], op: string, value: JsonValue): void {
    if (isObject(value) && isTimed(value)) {
      this.#timed([...place, ...nameAndGroup(op)], value);
      return;
    }
    for (const [key, record] of this.#entries(value, op)) {
      const ends = /^(\d+)-(\d+)$/.exec(key);
      if (!isObject(record)) this.#malformed(`${op}.${key}`);
      else if (isTimed(record)) this.#timed([...place, ['rank', key], ...nameAndGroup(op)], record);
      else if (ends === null) this.#malformed(`${op}.${key}`);
      else
        this.#links.add(
          place,
          linkedOp(op, record),
          [
            ['from', ends[1]],
            ['to', ends[2]],
          ],
          record,
        );
    }
  }

  #timed(place: Facts, record: JsonObject): void {
    const times = record.get(TIME_INFO);
    if (isObject(times)) this.#collectives.add(place, times);
    else if (times !== undefined) this.#malformed(TIME_INFO);
    for (const [transport, figures] of this.#entries(record.get(BANDWIDTH_INFO) ?? new Map(), BANDWIDTH_INFO)) {
      if (!isObject(figures)) {
        this.#malformed(`${BANDWIDTH_INFO}.${transport}`);
        continue;
      }
      const { [SIZES]: _sizes, ...rest } = Object.fromEntries(figures);
      this.#bandwidth.add(place, [['transport', transport]], Object.entries(rest));
      for (const [sizeMegabytes, figure] of this.#entries(figures.get(SIZES) ?? new Map(), SIZES)) {
        if (!Array.isArray(figure) || figure.length !== 2) this.#malformed(`${SIZES}.${sizeMegabytes}`);
        else this.#packets.add(place, packetFacts(transport, sizeMegabytes, figure));
      }
    }
  }

  #entries(value: JsonValue, field: string): Iterable<[string, JsonValue]> {
    if (isObject(value)) return value;
    this.#malformed(field);
    return [];
  }

  #malformed(field: string): void {
    this.#diagnostics.add('record_malformed', { path: this.#path, field: field.slice(0, 120) });
  }
}

function isTimed(record: JsonObject): boolean {
  return record.has(TIME_INFO) || record.has(BANDWIDTH_INFO);
}

/** `(0, 8)` */
function ranksOf(key: string): string {
  return key.replace(/[()\s]/g, '').replace(/,$/, '');
}

/** `hcom_allReduce__586_0_1@17522688603477080586`; totals of all ops have no group. */
function nameAndGroup(op: string): Entry[] {
  const at = op.lastIndexOf('@');
  if (at < 0) return [['name', op]];
  return [
    ['name', op.slice(0, at)],
    ['group', op.slice(at + 1)],
  ];
}

/** `allreduce-top1@<group>`, with the name of the op beside the figures, or the op itself. */
function linkedOp(op: string, record: JsonObject): Entry[] {
  const [[, key], ...group] = nameAndGroup(op);
  const selected = selectionOf(String(key));
  const name: Entry[] = record.has('Op Name') ? [] : [['name', key]];
  return [...name, ...Object.entries(selected ?? {}), ...group];
}

/** A key of so many MB, and [count, ms]. */
function packetFacts(transport: string, sizeMegabytes: string, [count, milliseconds]: readonly JsonValue[]): Facts {
  return [
    ['transport', transport],
    ['packet(MB)', new JsonNumber(sizeMegabytes)],
    ['count', count],
    ['transit(ms)', milliseconds],
  ];
}
