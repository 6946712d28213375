/** What is said of each finding, by its rule. Figures are put in as texts with their units; '' is not known. */
import type { Localised } from './index.ts';

export interface FindingWords {
  /** A few words, for a list. */
  readonly title: (figures: Readonly<Record<string, string>>) => string;
  /** What was seen, with the figures. */
  readonly explanation: (figures: Readonly<Record<string, string>>) => string;
  /** How to make sure. */
  readonly confirm: string;
  /** What to do. */
  readonly advice: string;
}

/** A rule without words here is called by its name, and its figures are listed. */
export const reportFindings: Localised<Readonly<Partial<Record<string, FindingWords>>>> = { en: {}, zh: {} };
