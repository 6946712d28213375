/** The parts of a report, in the order in which people read them. */
export const SECTIONS = [
  'metrics',
  'token',
  'totals',
  'findings',
  'topops',
  'bubbles',
  'steps',
  'ranks',
  'overlap',
  'critical-path',
  'vendor',
  'definitions',
  'host',
  'flame',
  'quality',
] as const;
/** What only those read who look for it. */
const ASKED_FOR: ReadonlySet<string> = new Set(['host', 'flame']);
export type Section = (typeof SECTIONS)[number];

/** What a report says where nobody chose. */
export const USUAL_SECTIONS: readonly Section[] = SECTIONS.filter((section) => !ASKED_FOR.has(section));

/**
 * Why a section has nothing to say. no-device: no device ran an op. no-trace: the same, but numbers were measured.
 * no-metrics: no benchmark or server measured any. no-steps: nothing tells steps. one-rank: there is nothing to compare.
 * part-of-run: the profiler's figures are about all of it. some-steps: hosts run ahead, so what they do in the time of a
 * step is for others. not-asked-for: other sections were chosen.
 */
export const ABSENT_REASONS = [
  'no-device',
  'no-trace',
  'no-metrics',
  'no-steps',
  'one-rank',
  'part-of-run',
  'some-steps',
  'not-asked-for',
] as const;
export type AbsentReason = (typeof ABSENT_REASONS)[number];
