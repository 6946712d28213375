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
  readonly #enums = new Map<string, Enumeration>();
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
    return Number.isNaN(id) ? '' : (this.#enumOf(table).names.get(id) ?? String(id));
  }

  /** The same as a string of the timeline, NONE where it says nothing. */
  enumString(table: string, id: number): number {
    const { strings } = this.#enumOf(table);
    let string = strings.get(id);
    if (string === undefined) {
      const name = this.enumName(table, id);
      string = NOTHING.has(name) ? NONE : this.#strings.add(name);
      strings.set(id, string);
    }
    return string;
  }

  #enumOf(table: string): Enumeration {
    let found = this.#enums.get(table);
    if (found === undefined) {
      const names = new Map<number, string>();
      this.#database.each(table, { id: required('id'), name: required('name') }, (row) => {
        names.set(row.number('id'), row.text('name') ?? '');
      });
      found = { names, strings: new Map() };
      this.#enums.set(table, found);
    }
    return found;
  }
}

interface Enumeration {
  readonly names: ReadonlyMap<number, string>;
  /** Those asked for, as strings of the timeline. */
  readonly strings: Map<number, number>;
}
