/** Where nobody tells types, names stand for them; those of collectives end in three counts: `hcom_allReduce__586_3_1`. */
const COUNTS_OF_COLLECTIVE = /_\d+_\d+_\d+$/;

/** What ops that do the same have in common: their type, without what counts them. */
export function opKind(type: string): string {
  return type.replace(COUNTS_OF_COLLECTIVE, '');
}
