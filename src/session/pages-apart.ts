import { type Diagnostics, grouped } from '../base/index.ts';
import { labelsText, metricsOf, type Shard } from '../timeline/index.ts';

type ReadShard = Pick<Shard, 'readerId' | 'files' | 'timeline'>;

/**
 * Pages of one folder that follow one another are put together by their reader. Single ones of several folders with equal
 * labels look like repeats of one run, and may be what somebody saved before and after it.
 */
export function warnOfPagesApart(shards: readonly ReadShard[], diagnostics: Diagnostics): void {
  const pages = shards.flatMap(({ readerId, files, timeline }) => {
    const metrics = timeline.tables.flatMap(metricsOf);
    const isSinglePage = files.length === 1 && !metrics.some(({ id }) => id === 'duration');
    if (readerId !== 'vllm-metrics' || !isSinglePage) return [];
    return [...new Set(metrics.map(({ labels }) => labelsText(labels)))].map((labels) => ({ labels, path: files[0] }));
  });
  const apart = grouped(pages, ({ labels }) => labels).filter((some) => some.length > 1);
  for (const path of new Set(apart.flat().map((page) => page.path))) diagnostics.add('pages_apart', { path });
}
