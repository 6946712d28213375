import { type Recording, type Series, seriesText } from './recording.ts';

/** Recordings of one page, one after the other. Those with times are put in their order. */
export function joined(recordings: readonly Recording[]): Recording {
  if (recordings.length === 1) return recordings[0];
  const all = recordings.flatMap(({ scrapes }, r) => scrapes.map((scrape, s) => ({ r, s, scrape })));
  const isTimed = all.every(({ scrape }) => !Number.isNaN(scrape.timeMs));
  if (isTimed) all.sort((a, b) => a.scrape.timeMs - b.scrape.timeMs);
  const placeOf = recordings.map(({ scrapes }) => new Int32Array(scrapes.length));
  all.forEach(({ r, s }, place) => (placeOf[r][s] = place));
  const bySeries = new Map<
    string,
    Pick<Series, 'name' | 'labels'> & { readonly samples: [place: number, value: number][] }
  >();
  recordings.forEach(({ series }, r) => {
    for (const { name, labels, scrapes, values } of series) {
      const text = seriesText({ name, labels });
      const known = bySeries.get(text) ?? { name, labels, samples: [] };
      bySeries.set(text, known);
      for (let i = 0; i < values.length; i++) known.samples.push([placeOf[r][scrapes[i]], values[i]]);
    }
  });
  return {
    scrapes: all.map(({ scrape }) => scrape),
    series: [...bySeries.values()].map(({ name, labels, samples }) => {
      samples.sort(([a], [b]) => a - b);
      return {
        ...{ name, labels },
        scrapes: samples.map(([place]) => place),
        values: samples.map(([, value]) => value),
      };
    }),
    types: new Map(recordings.flatMap(({ types }) => [...types])),
    others: new Set(recordings.flatMap(({ others }) => [...others])),
  };
}
