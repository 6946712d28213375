/**
 * What a report says, in words and tables but not yet in any form: renderers for terminals, markdown and CSV share it.
 * Values of tables are raw, so each renderer writes them as its readers want them.
 */
import type { ReportColumn } from '../../locale/report-columns.ts';
import type { Section } from '../document/sections.ts';

/** A name from a trace or a folder: anybody's text, which renderers have to make harmless. */
export interface Name {
  readonly name: string;
}

/** Words of ours with names in the midst of them. */
export interface Prose {
  readonly prose: string;
}

/** What a reader sees and a machine does not. Plain strings hold nothing but our words and figures. */
export type Sentence = readonly (string | Name | Prose)[];

export function textOfPiece(piece: Sentence[number]): string {
  if (typeof piece === 'string') return piece;
  return 'name' in piece ? piece.name : piece.prose;
}

/**
 * measured: a number that is text already, with its unit.
 * text: our words. name: from the trace. names: several in one. duration, micros, time: ns. ratio: from 0 to 1. bar: a ratio to be drawn. stack:
 * ratios to be drawn end to end. spark: values over time.
 */
export type ColumnKind =
  | 'text'
  | 'name'
  | 'names'
  | 'count'
  | 'decimal'
  | 'measured'
  | 'duration'
  | 'micros'
  | 'time'
  | 'ratio'
  | 'rate'
  | 'bytes'
  | 'bar'
  | 'stack'
  | 'spark';

export interface Column {
  /** What the title is looked up by, and what it is called in CSV. */
  readonly id: ReportColumn;
  readonly kind: ColumnKind;
  /** Columns go where there is no room, those with the highest number first; the others always stay. */
  readonly drop?: number;
}

/** One of our own words: `id` for machines, `word` for people. */
export interface Term {
  readonly id: string;
  readonly word: string;
}

export type Value = string | number | null | readonly number[] | Term;

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
  /** How many rows people see; machines get all. */
  readonly shown: number;
}

/** What a rule found. Where there is little room only its title, stake, explanation and place are shown. */
export interface FindingBlock {
  readonly number: number;
  readonly title: Prose;
  readonly stake: string;
  readonly explanation: Prose;
  /** How to confirm it and what to do, each under a label. */
  readonly notes: readonly { readonly label: string; readonly note: string }[];
  /** The option that shows it. */
  readonly place: { readonly label: string; readonly option: string } | undefined;
}

export type Block =
  | { readonly sentence: Sentence; readonly isQuiet?: boolean }
  | { readonly table: Table }
  | { readonly finding: FindingBlock };

export interface Part {
  readonly section: Section;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** The table that stands for the section where only one may. */
  readonly main: Table | undefined;
}

/** How many rows people see. */
export interface PartOptions {
  readonly limit: number;
  /** Of what explains or repeats: parts of the mean step, findings, groups of bubbles, steps. */
  readonly fewer: number;
  /** More devices than this are told by those with the most, the median and the least. */
  readonly devices: number;
}
