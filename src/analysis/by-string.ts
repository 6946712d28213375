import { NONE } from '../timeline/index.ts';

/** Looks each string, or each text of a run, up once. `find` answers with a number from 0 on. */
export function byString(size: number, find: (id: number) => number): (id: number) => number {
  const found = new Int32Array(size).fill(NONE);
  return (id) => {
    const known = found[id];
    return known === NONE ? (found[id] = find(id)) : known;
  };
}
