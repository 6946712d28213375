/**
 * The ground floor: what every other room stands on and nothing of this project stands below.
 * Errors, diagnostics, the registry, and the interfaces through which the outside world (files) is reached.
 * No trace knowledge lives here.
 */
export * from './buckets.ts';
export * from './compare-text.ts';
export * from './device-label.ts';
export * from './diagnostics.ts';
export * from './document-node.ts';
export * from './errors.ts';
export * from './grouped.ts';
export * from './gzip-cut.ts';
export * from './host.ts';
export * from './moments.ts';
export * from './near-names.ts';
export * from './quantiles.ts';
export * from './registry.ts';
export * from './shared-ending.ts';
export * from './source.ts';
export * from './threads.ts';
export * from './tools.ts';
