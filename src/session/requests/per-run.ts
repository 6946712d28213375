import type { ViewedRun } from './viewed-run.ts';

/** What requests need of a run is made when one first does, and kept as long as the run. */
export function perRun<Made>(make: (viewed: ViewedRun) => Made): (viewed: ViewedRun) => Made {
  const kept = new WeakMap<ViewedRun, { readonly made: Made }>();
  return (viewed) => {
    const known = kept.get(viewed) ?? { made: make(viewed) };
    kept.set(viewed, known);
    return known.made;
  };
}

/** The same for each thing by its number. */
export function lazily<Made>(make: (number: number) => Made): (number: number) => Made {
  const kept = new Map<number, Made>();
  return (number) => {
    const known = kept.get(number) ?? make(number);
    kept.set(number, known);
    return known;
  };
}
