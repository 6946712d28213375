import { NONE, StringTable, type Table, tableCell, type TableColumn } from '../../timeline/index.ts';
import type { Anonymiser } from './anonymiser.ts';
import { anonymousValue } from './facts.ts';
import { isKnownFact } from './sensitive-keys.ts';

/** The same ids for texts that are replaced. Tables that are shared stay shared, and those with nothing to hide stay. */
export class AnonymousStrings {
  readonly #anonymiser: Anonymiser;
  readonly #known = new Map<StringTable, StringTable>();

  constructor(anonymiser: Anonymiser) {
    this.#anonymiser = anonymiser;
  }

  of(strings: StringTable): StringTable {
    const known = this.#known.get(strings) ?? this.#replaced(strings);
    this.#known.set(strings, known);
    return known;
  }

  #replaced(strings: StringTable): StringTable {
    const replaced = new StringTable();
    let isOther = false;
    for (let id = 0; id < strings.size; id++) {
      const original = strings.get(id);
      const text = this.#anonymiser.text(original);
      isOther ||= text !== original;
      // Another text may be what this one becomes: ids are not shared, so they are told apart.
      for (let twin = 1; replaced.size <= id; twin++) replaced.add(twin === 1 ? text : `${text} (${twin})`);
    }
    return isOther ? replaced : strings;
  }
}

export function anonymousTable(table: Table, strings: AnonymousStrings, anonymiser: Anonymiser): Table {
  const replaced = strings.of(table.strings);
  const columns = table.columns.map((column) => ({ ...column, name: anonymiser.text(column.name) }));
  const common = { ...table, path: anonymiser.path(table.path), strings: replaced, columns };
  return table.kind === 'settings' ? { ...common, ...settings(table, columns, anonymiser) } : common;
}

/** Settings say by their keys what their values are. */
function settings(
  table: Table,
  columns: readonly TableColumn[],
  anonymiser: Anonymiser,
): Pick<Table, 'columns' | 'strings'> {
  const strings = new StringTable();
  const cell = (name: string, row: number): string => `${tableCell(table, name, row) ?? ''}`;
  const idsOf = (column: TableColumn): Int32Array =>
    Int32Array.from(column.values, (id, row) => {
      if (id === NONE) return NONE;
      const text = cell(column.name, row);
      const key = cell('key', row);
      return strings.add(
        column.name === 'value' ? anonymousValue(key, text, isKnownFact(key), anonymiser) : anonymiser.text(text),
      );
    });
  return {
    strings,
    columns: columns.map((column) => (column.kind === 'text' ? { ...column, values: idsOf(column) } : column)),
  };
}
