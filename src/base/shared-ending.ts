/**
 * Names without the parts behind dots that all of them end in: `a.pt.trace.json` and `b.pt.trace.json` are `a` and `b`. Where
 * there is little room, the ends are what is left of a name. Versions stay whole: `vllm-0.9` is not called `vllm-0`.
 */
export function withoutSharedEnding(names: readonly string[]): string[] {
  if (names.length < 2) return [...names];
  let shown = names.map((name) => name.split('.'));
  const hasMore = (parts: readonly string[]): boolean =>
    parts.length > 1 && parts.at(-2) !== '' && !/^\d{1,3}$/.test(parts.at(-1) ?? '');
  while (shown.every(hasMore) && new Set(shown.map((parts) => parts.at(-1))).size === 1) {
    shown = shown.map((parts) => parts.slice(0, -1));
  }
  return shown.map((parts) => parts.join('.'));
}
