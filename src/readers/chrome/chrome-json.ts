/**
 * Chrome Trace Event JSON from any tool: array root or object root with `traceEvents`.
 * Read: X, B/E, b/e/n (async, by category, id or id2), i/I/R, C, M (names, labels, sort indexes), s/t/f and bind_id
 * flows, args of any shape. Ignored and counted: object, memory and sample events (N O D v V P), stack frames, colours.
 * Odd rules: `f` without bp "e" binds to the next slice; times are microseconds, as numbers or as text.
 */
import type { Reader } from '../reader.ts';
import { headText, traceEventShape } from '../trace-events/sniff.ts';

export const chromeJson: Reader = {
  id: 'chrome-json',
  vendor: 'any',
  label: 'Chrome Trace Event JSON',
  role: 'timeline',
  sniff(_path, head) {
    const shape = traceEventShape(headText(head));
    return shape === undefined ? { confidence: 0, why: 'no trace events' } : { confidence: 2, why: shape };
  },
  async load() {
    const { loadTraceEvents } = await import('../trace-events/load.ts');
    const { chromeDialect } = await import('./dialect.ts');
    return (sources, diagnostics, options) => loadTraceEvents(sources, diagnostics, options, chromeDialect);
  },
};
