/** Whether texts under a number fit a pattern; each is looked at once, and NONE must not be asked for. */
export function textTest(texts: { get(id: number): string }, pattern: RegExp): (id: number) => boolean {
  const known: (boolean | undefined)[] = [];
  return (id) => (known[id] ??= pattern.test(texts.get(id)));
}
