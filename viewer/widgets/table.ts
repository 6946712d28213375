/** Tables that people sort, filter, walk through by keyboard and take along as CSV. */
import { formatCount } from '../../src/report/format.ts';
import { columnsWithValues, isFigure } from '../../src/report/text/cell-text.ts';
import { csvText } from '../../src/report/csv/csv-text.ts';
import { viewerPanels, type PanelWords } from '../../src/locale/viewer-panels.ts';
import { reportWords } from '../../src/locale/report-words.ts';
import type { Language } from '../../src/locale/index.ts';
import { cutName, nameFully } from './cut-name.ts';
import { download } from './download.ts';
import { button, element, readable, searchField } from './element.ts';
import { type ColumnWidth, columnWidths, lineTexts } from './column-widths.ts';
import { cellContent } from './table-cell.ts';
import { nextSort, rowsInOrder, type Sort, type TableColumn, type TableData } from './table-rows.ts';
import './table.css';

export interface TableOptions {
  readonly data: TableData;
  /** What it is a table of, for those who do not see the page, and the file it is saved as. */
  readonly caption: string;
  /** Whether that is also its heading. */
  readonly isTitled?: boolean;
  readonly fileName: string;
  readonly language: Language;
  readonly announce: (text: string) => void;
  readonly sort?: Sort;
  /** There is a field for it where this is given. */
  readonly filter?: string;
  readonly onFilter?: (text: string) => void;
  /** By position in the rows given, whatever their order on the screen. */
  readonly onOpen?: (row: number) => void;
  /** What opening a row is called for who does not see it; its first name where nobody says. */
  readonly rowName?: (row: number) => string;
  readonly rowClass?: (row: number) => string;
  readonly rowsAtFirst?: number;
  /** The row that is looked at. */
  readonly current?: number;
}

const [ROWS_AT_FIRST, TIMES_MORE, NAME_LETTERS] = [100, 5, 20];

export class TableView {
  readonly element = element('div', 'table');
  readonly #options: TableOptions;
  readonly #data: TableData;
  readonly #words: PanelWords;
  readonly #body = element('tbody');
  readonly #headers: HTMLTableCellElement[] = [];
  readonly #told = element('span', 'quiet');
  readonly #foot = element('div', 'table-foot');
  readonly #longest: readonly number[];
  #sort: Sort | undefined;
  #filter: string;
  #current: number;
  #shown: number;
  #order: number[] = [];

  constructor(options: TableOptions) {
    this.#options = options;
    this.#data = withoutEmptyColumns(options.data);
    this.#words = viewerPanels[options.language];
    this.#sort = sortIn(this.#data, options);
    this.#filter = options.filter ?? '';
    this.#current = options.current ?? -1;
    this.#shown = options.rowsAtFirst ?? ROWS_AT_FIRST;
    this.#longest = this.#data.columns.map((_, position) => longestBar(this.#data, position));
    this.element.append(this.#head(), this.#table(), this.#foot);
    this.#body.addEventListener('keydown', (event) => this.#walk(event));
    this.#draw();
  }

  filter(text: string): void {
    this.#filter = text;
    this.#shown = this.#options.rowsAtFirst ?? ROWS_AT_FIRST;
    this.#draw();
    this.#options.announce(this.#words.rowsOf(formatCount(this.#order.length), formatCount(this.#data.rows.length)));
  }

  /** Marks a row, which may be none. */
  setCurrent(row: number): void {
    this.#current = row;
    for (const drawn of this.#body.rows) mark(drawn, Number(drawn.dataset['row']) === row);
  }

  #head(): HTMLElement {
    const { caption, isTitled, filter, onFilter } = this.#options;
    const head = element('div', 'table-head');
    if (isTitled === true) head.append(element('h3', '', caption));
    if (filter !== undefined) {
      const field = searchField(filter, this.#words.filter, (text) => {
        this.filter(text);
        onFilter?.(text);
      });
      head.append(field);
    }
    head.append(
      this.#told,
      button(this.#words.saveCsv, () => this.#save(), 'quiet-button'),
    );
    return head;
  }

  #table(): HTMLElement {
    const widths = columnWidths(this.#data);
    const table = element('table', '', element('caption', '', this.#options.caption));
    const columns = element('colgroup');
    for (const { letters, isFlexible } of widths) {
      const column = element('col');
      if (!isFlexible) column.style.width = wide(letters, 1);
      columns.append(column);
    }
    const sum = (lettersOf: (width: ColumnWidth) => number): string =>
      wide(
        widths.reduce((all, width) => all + lettersOf(width), 0),
        widths.length,
      );
    table.style.width = sum(({ letters }) => letters);
    table.style.minWidth = sum(({ letters, isFlexible }) => (isFlexible ? Math.min(letters, NAME_LETTERS) : letters));
    const head = element('tr');
    this.#data.columns.forEach((column, position) => head.append(this.#header(position, column.title)));
    table.append(columns, element('thead', '', head), this.#body);
    const scrolled = element('div', 'table-scroll', table);
    scrolled.tabIndex = 0;
    scrolled.setAttribute('role', 'region');
    scrolled.setAttribute('aria-label', this.#options.caption);
    return scrolled;
  }

  #header(position: number, title: string): HTMLTableCellElement {
    const header = element('th', kindClass(this.#data, position));
    header.scope = 'col';
    if (this.#data.columns[position].kind === 'bar' || title === '') {
      header.append(element('span', 'unseen', title === '' ? this.#words.shareBar : title));
      return header;
    }
    header.append(button(brokenTitle(this.#data.columns[position]), () => this.#sortBy(position), 'sort'));
    this.#headers[position] = header;
    return header;
  }

  #sortBy(position: number): void {
    const column = this.#data.columns[position];
    this.#sort = nextSort(position, column, this.#sort);
    this.#draw();
    this.#options.announce(this.#words.sorted(column.title, this.#sort.isDescending));
  }

  #draw(): void {
    const { language } = this.#options;
    this.#order = rowsInOrder(this.#data, { filter: this.#filter, sort: this.#sort, language });
    this.#headers.forEach((header, position) => {
      const isSorted = this.#sort?.column === position;
      header.ariaSort = !isSorted ? 'none' : this.#sort?.isDescending === true ? 'descending' : 'ascending';
    });
    const rows = this.#order.slice(0, this.#shown).map((row, place) => this.#row(row, place));
    this.#body.replaceChildren(...rows);
    this.#drawFoot(rows.length);
  }

  #row(row: number, place: number): HTMLTableRowElement {
    const { onOpen } = this.#options;
    const drawn = element('tr', this.#options.rowClass?.(row));
    drawn.dataset['row'] = String(row);
    const { columns, rows } = this.#data;
    const opens = onOpen === undefined ? -1 : firstName(this.#data);
    const { compute, exposedComm, deviceIdle, unseenGraph } = reportWords[this.#options.language].time;
    const stackWords = [compute, exposedComm, deviceIdle, unseenGraph];
    columns.forEach((column, position) => {
      const value = rows[row][position];
      const content = cellContent(column, value, this.#longest[position], stackWords);
      const shown = column.kind === 'name' && typeof content === 'string' ? cutName(content) : content;
      const cell = element('td', kindClass(this.#data, position), ...(position === opens ? [] : [shown]));
      if (position === opens) {
        const opener = button(shown === '' ? this.#words.open : shown, () => {}, 'opens');
        opener.tabIndex = place === 0 ? 0 : -1;
        cell.append(opener);
        const { rowName } = this.#options;
        if (rowName !== undefined) opener.setAttribute('aria-label', readable(rowName(row)));
        else if (typeof content === 'string') nameFully(opener, content);
      } else if (typeof content === 'string' && !isFigure(column)) nameFully(cell, content);
      drawn.append(cell);
    });
    if (onOpen !== undefined) {
      drawn.classList.add('can-open');
      drawn.addEventListener('click', () => {
        this.setCurrent(row);
        onOpen(row);
      });
    }
    mark(drawn, row === this.#current);
    return drawn;
  }

  #drawFoot(shown: number): void {
    const { rowsOf, rowCount, showMore, nothingFits } = this.#words;
    const [found, all] = [this.#order.length, this.#data.rows.length];
    this.#told.textContent =
      found === 0 && all > 0
        ? nothingFits
        : shown < all
          ? rowsOf(formatCount(shown), formatCount(found === all || shown < found ? found : all))
          : rowCount(formatCount(all));
    const more = (): void => {
      this.#shown *= TIMES_MORE;
      this.#draw();
    };
    this.#foot.replaceChildren(...(shown < found ? [button(showMore, more, 'quiet-button')] : []));
  }

  /** All rows that fit the filter, in the order in which they stand. */
  #save(): void {
    const rows = this.#order.map((row) => this.#data.rows[row]);
    const text = csvText({ columns: this.#data.columns, rows });
    download(`${this.#options.fileName}.csv`, new Blob([text], { type: 'text/csv;charset=utf-8' }));
  }

  /** Up, Down, Home and End go from row to row; Tab leaves the rows. */
  #walk(event: KeyboardEvent): void {
    const openers = [...this.#body.querySelectorAll<HTMLButtonElement>('button.opens')];
    const at = openers.findIndex((each) => each === event.target);
    const last = openers.length - 1;
    const places: Readonly<Partial<Record<string, number>>> = {
      ArrowUp: Math.max(0, at - 1),
      ArrowDown: Math.min(last, at + 1),
      Home: 0,
      End: last,
    };
    const next = places[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    openers[at].tabIndex = -1;
    openers[next].tabIndex = 0;
    openers[next].focus();
  }
}

function brokenTitle(column: TableColumn): HTMLElement {
  const [first, ...rest] = lineTexts(column);
  const title = element('span', column.isBroken === true ? 'broken-title' : '', first);
  for (const text of rest) title.append(element('wbr'), readable(text));
  return title;
}

/** With the room at both sides of each. */
const wide = (letters: number, columns: number): string => `calc(${letters}ch + ${columns} * 1.05rem)`;

function mark(row: HTMLTableRowElement, isCurrent: boolean): void {
  row.classList.toggle('is-current', isCurrent);
  if (isCurrent) row.setAttribute('aria-current', 'true');
  else row.removeAttribute('aria-current');
}

function kindClass({ columns }: TableData, position: number): string {
  const column = columns[position];
  return isFigure(column) ? 'figure' : `of-${column.kind}`;
}

function firstName({ columns }: TableData): number {
  const names = columns.findIndex(({ kind }) => kind === 'name');
  return Math.max(0, names);
}

function longestBar({ rows }: TableData, position: number): number {
  return rows.reduce((most, row) => Math.max(most, typeof row[position] === 'number' ? row[position] : 0), 0) || 1;
}

function withoutEmptyColumns({ columns, rows }: TableData): TableData {
  const kept = columnsWithValues(columns, rows);
  if (kept.length === columns.length || rows.length === 0) return { columns, rows };
  return {
    columns: kept.map((position) => columns[position]),
    rows: rows.map((row) => kept.map((position) => row[position])),
  };
}

function sortIn({ columns }: TableData, { sort, data }: TableOptions): Sort | undefined {
  if (sort === undefined) return undefined;
  const column = columns.findIndex(({ id }) => id === data.columns[sort.column].id);
  return column < 0 ? undefined : { ...sort, column };
}
