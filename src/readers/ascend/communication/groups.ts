import type { Diagnostics } from '../../../base/index.ts';
import { JsonNumber, type JsonObject, type JsonValue } from '../../../bytes/index.ts';
import { isObject } from '../json-document.ts';
import { RecordTable, scalarText } from '../tables/record-table.ts';
import { GROUP_COLUMNS } from './records.ts';

/** Groups with more about them, of newer versions of the cluster's analysis. */
const NAMED_GROUPS = 'comm_group_parallel_info';

/** Which ranks communicate, from the documents that tell it in three ways. */
export class ProcessGroups {
  readonly #path: string;
  readonly #diagnostics: Diagnostics;
  readonly table: RecordTable;

  constructor(path: string, diagnostics: Diagnostics) {
    this.#path = path;
    this.#diagnostics = diagnostics;
    this.table = new RecordTable('process-groups', path, GROUP_COLUMNS, diagnostics);
  }

  /** { collective: [[0, 1], ...], p2p: [...], comm_group_parallel_info: [{ type, rank_set, group_name, ... }] } */
  readCluster(root: JsonObject): void {
    for (const [kind, groups] of root) {
      for (const group of this.#list(groups, kind)) {
        if (kind !== NAMED_GROUPS) this.table.add([['kind', kind]], this.#ranks(group, kind));
        else if (isObject(group)) this.#addNamed(group);
        else this.#malformed(kind);
      }
    }
  }

  /** { id: { group_name: "dp", group_rank, global_ranks: [0, 1] } } */
  readByName(groups: JsonValue, field: string): void {
    if (!isObject(groups)) {
      this.#malformed(field);
      return;
    }
    for (const [id, group] of groups) {
      if (!isObject(group)) {
        this.#malformed(`${field}.${id}`);
        continue;
      }
      const { global_ranks: ranks = null, group_name: name, ...rest } = Object.fromEntries(group);
      this.table.add(
        [
          ['group_id', id],
          ['name', name],
        ],
        Object.entries(rest),
        this.#ranks(ranks, `${field}.${id}`),
      );
    }
  }

  #addNamed(group: JsonObject): void {
    const { rank_set: ranks = null, ...rest } = Object.fromEntries(group);
    this.table.add(Object.entries(rest), this.#ranks(ranks, NAMED_GROUPS));
  }

  #ranks(ranks: JsonValue, field: string): [string, JsonValue][] {
    const list = this.#list(ranks, field).map((rank) => scalarText(rank) ?? '?');
    return [
      ['ranks', list.join(',')],
      ['rankCount', new JsonNumber(String(list.length))],
    ];
  }

  #list(value: JsonValue, field: string): readonly JsonValue[] {
    if (Array.isArray(value)) return value;
    this.#malformed(field);
    return [];
  }

  #malformed(field: string): void {
    this.#diagnostics.add('record_malformed', { path: this.#path, field: field.slice(0, 120) });
  }
}
