/**
 * What users read, in English and Chinese: one file per topic, each with the same texts in both. Nothing is looked up by
 * key at run time, so a text that lacks a translation does not compile. Names from traces are put in as they are.
 */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The texts of a topic: an object of strings, and of functions where something is put in. */
export type Localised<T> = Readonly<Record<Language, T>>;
