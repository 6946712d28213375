/** What stacks are looked at by: time on the host, or time on devices of what they launched. */
export const MEASURES = ['host', 'device'] as const;
export type Measure = (typeof MEASURES)[number];
