import type { Diagnostics } from '../../../base/index.ts';
import { NONE, type StringTable } from '../../../timeline/index.ts';
import { required } from './columns.ts';
import type { Database } from './database.ts';

/** How the exporter spells that there is nothing to say. */
const NOTHING = new Set(['', 'N/A']);

/** What the numbers in the tables of a database stand for: strings, and names of enumerations. */
export class Names {
  readonly #database: Database;
  readonly #strings: StringTable;
  readonly #diagnostics: Diagnostics;
  readonly #byId = new Map<number, number>();
  readonly #enums = new Map<string, ReadonlyMap<number, string>>();
  readonly #unquoted = new Map<number, number>();

  constructor(database: Database, strings: StringTable, diagnostics: Diagnostics) {
    this.#database = database;
    this.#strings = strings;
    this.#diagnostics = diagnostics;
    database.each('STRING_IDS', { id: required('id'), value: required('value') }, (row) => {
      const text = row.text('value') ?? '';
      this.#byId.set(row.number('id'), NOTHING.has(text) ? NONE : strings.add(text));
    });
  }

  /** The timeline's string for a number of STRING_IDS; NONE where it says nothing. */
  string(id: number): number {
    if (Number.isNaN(id)) return NONE;
    const found = this.#byId.get(id);
    if (found !== undefined) return found;
    this.#diagnostics.add('db_string_missing', { path: this.#database.source.path, field: 'STRING_IDS' }, `id ${id}`);
    const made = this.#strings.add(`string ${id}`);
    this.#byId.set(id, made);
    return made;
  }

  /** Shapes stand in quotes of their own. */
  unquoted(id: number): number {
    const string = this.string(id);
    if (string === NONE) return NONE;
    let bare = this.#unquoted.get(string);
    if (bare === undefined) {
      const text = this.#strings.get(string).replace(/^"(.*)"$/s, '$1');
      bare = NOTHING.has(text) ? NONE : this.#strings.add(text);
      this.#unquoted.set(string, bare);
    }
    return bare;
  }

  /** The text of a string, or '' where it says nothing. */
  text(id: number): string {
    const string = this.string(id);
    return string === NONE ? '' : this.#strings.get(string);
  }

  /** The name of a number of an enumeration: its digits where the table does not know it, '' where there is no number. */
  enumName(table: string, id: number): string {
    return Number.isNaN(id) ? '' : (this.#enumOf(table).get(id) ?? String(id));
  }

  /** The same as a string of the timeline, NONE for ''. */
  enumString(table: string, id: number): number {
    const name = this.enumName(table, id);
    return NOTHING.has(name) ? NONE : this.#strings.add(name);
  }

  #enumOf(table: string): ReadonlyMap<number, string> {
    let names = this.#enums.get(table);
    if (names === undefined) {
      const read = new Map<number, string>();
      this.#database.each(table, { id: required('id'), name: required('name') }, (row) => {
        read.set(row.number('id'), row.text('name') ?? '');
      });
      names = read;
      this.#enums.set(table, names);
    }
    return names;
  }
}
