/**
 * The model every reader fills and everything else reads: columns of slices, instants, counters and flows on tracks,
 * with integer nanoseconds. How to build, check, cut and print it lives here; no file format does.
 */
export * from './model.ts';
export { StringTable } from './strings.ts';
