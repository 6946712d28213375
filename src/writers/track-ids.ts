/** What every consumer of Chrome JSON and Perfetto takes for a process or thread id. */
const LARGEST_ID = 2 ** 31 - 1;

/**
 * One number per key, all different: the key itself where it is an integer from 1 to 2^31 - 1 and not taken yet,
 * the next free number otherwise. Tools pack 64-bit and textual ids into pids and tids; consumers mangle those.
 */
export function smallIds(keys: readonly string[]): number[] {
  const taken = new Set<number>();
  const kept = keys.map((key) => {
    const id = /^[1-9]\d{0,9}$/.test(key) ? Number(key) : 0;
    if (id === 0 || id > LARGEST_ID || taken.has(id)) return 0;
    taken.add(id);
    return id;
  });
  let next = 1;
  return kept.map((id) => {
    if (id !== 0) return id;
    while (taken.has(next)) next++;
    return next++;
  });
}
