import { NONE, StringTable, type Table, tableCell, type TableColumn } from '../../timeline/index.ts';
import type { Anonymiser } from './anonymiser.ts';
import { anonymousValue } from './facts.ts';
import { anonymousJson } from './json-texts.ts';
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
  const path = anonymiser.path(table.path);
  const replace = replacementOf(table, anonymiser);
  if (replace !== undefined) return { ...table, path, ...withCells(table, replace) };
  return { ...table, path, strings: strings.of(table.strings) };
}

type ReplaceCell = (text: string, column: string, row: number) => string;

/**
 * Of tables that are read by the names of their columns, which are ours and stay: settings say by their keys what their values
 * are, and labels are JSON, which stays JSON.
 */
function replacementOf(table: Table, anonymiser: Anonymiser): ReplaceCell | undefined {
  switch (table.kind) {
    case 'settings':
      return (text, column, row) => {
        if (column !== 'value') return anonymiser.text(text);
        const key = `${tableCell(table, 'key', row) ?? ''}`;
        return anonymousValue(key, text, isKnownFact(key), anonymiser);
      };
    case 'metrics':
    case 'samples':
    case 'histograms': {
      const known = new Map<string, string>();
      return (text, column) => {
        const cell = `${column} ${text}`;
        let replaced = known.get(cell);
        if (replaced === undefined) {
          replaced = column === 'labels' ? anonymousJson(text, anonymiser) : anonymiser.text(text);
          known.set(cell, replaced);
        }
        return replaced;
      };
    }
    default:
      return undefined;
  }
}

/** Texts of their own: two that become equal are one. */
function withCells(table: Table, replace: ReplaceCell): Pick<Table, 'columns' | 'strings'> {
  const strings = new StringTable();
  const columns = table.columns.map((column): TableColumn => {
    if (column.kind !== 'text') return column;
    const values = column.values.map((id, row) =>
      id === NONE ? NONE : strings.add(replace(table.strings.get(id), column.name, row)),
    );
    return { ...column, values };
  });
  return { columns, strings };
}
