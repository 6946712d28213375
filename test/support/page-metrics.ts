// Metrics of a page, by what they are called.
import { type Metric, metricsOf } from '../../src/timeline/index.ts';
import { type ReadResult, readFiles } from './reading.ts';

export function metricsIn({ timeline }: Pick<ReadResult, 'timeline'>): Metric[] {
  return timeline.tables.flatMap(metricsOf);
}

/** The only metric of that name. */
export function metricIn(result: Pick<ReadResult, 'timeline'>, id: string): Metric {
  const found = metricsIn(result).filter((metric) => metric.id === id);
  if (found.length !== 1) throw new Error(`${found.length} metrics are called ${id}`);
  return found[0];
}

export function readPages(pages: Readonly<Record<string, string>>, chunkBytes = 1 << 20): Promise<ReadResult> {
  const files = Object.entries(pages).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  return readFiles('vllm-metrics', files, { chunkBytes });
}

export const readPage = (text: string): Promise<ReadResult> => readPages({ 'metrics.prom': text });
