/** What is said and shown, whatever the form: sentences, then tables of texts. */
export interface PlainPage {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly tables: readonly PlainTable[];
}

export interface PlainTable {
  readonly id: string;
  readonly title: string;
  readonly titles: readonly string[];
  /** Columns from here on are numbers. */
  readonly firstNumber: number;
  readonly rows: readonly (readonly string[])[];
}
