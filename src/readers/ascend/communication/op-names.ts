/** `step50`, or `step` where the framework knows of no steps. Tables of steps say just `50`. */
export function stepNumber(key: string): string {
  return /^step(\d*)$/.exec(key)?.[1] ?? key;
}

/** Since 2024 matrices hold a selection of ops by their type, `allreduce-top1`; undefined for the name of an op. */
export function selectionOf(name: string): { opType: string; selection: string } | undefined {
  const match = /^(.+)-(top\d+|middle|bottom\d+|total)$/.exec(name);
  return match === null ? undefined : { opType: match[1], selection: match[2] };
}
