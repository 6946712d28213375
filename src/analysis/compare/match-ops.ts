/**
 * Which op of one side is which of the other. What is the same in the finest way is taken first: type, name and shapes; then
 * shapes of about the same size; then type and name; then only the type. At each tier an op has to be in every run of both
 * sides, else it waits for the next one, so that no row compares something with what was merely too small to be listed. What
 * is left at the end is new or gone.
 */
import type { Figure } from './figure.ts';
import type { OpKey, OpSummary } from './summary.ts';

export const TIERS = ['exact', 'shape-bucket', 'name', 'type'] as const;
export type Tier = (typeof TIERS)[number];

/** The figures of an op on the runs of both sides, in their order; a side that lacks it has none. */
export interface MatchedOp extends OpKey {
  /** undefined where only one side has it. */
  readonly tier: Tier | undefined;
  readonly total: Sides;
  readonly count: Sides;
}

export interface Sides {
  readonly base: readonly Figure[];
  readonly head: readonly Figure[];
}

type RunOps = readonly OpSummary[];

const KEY_OF: Readonly<Record<Tier, (op: OpKey) => OpKey | undefined>> = {
  exact: (op) => (op.name === '' ? undefined : op),
  'shape-bucket': ({ type, name, shapes }) => (name === '' ? undefined : { type, name, shapes: shapeBucket(shapes) }),
  name: ({ type, name }) => (name === '' ? undefined : { type, name, shapes: '' }),
  type: ({ type }) => ({ type, name: '', shapes: '' }),
};

export function matchOps(base: readonly RunOps[], head: readonly RunOps[]): MatchedOp[] {
  let rest: readonly RunOps[] = [...base, ...head];
  const matched: MatchedOp[] = [];
  for (const tier of TIERS) {
    const byRun = rest.map((ops) => grouped(ops, KEY_OF[tier]));
    const common = [...byRun[0]].filter(([key]) => byRun.every((groups) => groups.has(key)));
    for (const [key, { op }] of common) {
      const runs = byRun.map((groups) => groups.get(key)?.ops ?? []);
      const isExact = tier === 'type' && areAlike(runs);
      matched.push({
        ...op,
        tier: isExact ? 'exact' : tier,
        ...sidesOf(runs.slice(0, base.length), runs.slice(base.length)),
      });
    }
    const keys = new Set(common.map(([key]) => key));
    rest = rest.map((ops) =>
      ops.filter((op) => {
        const key = KEY_OF[tier](op);
        return key === undefined || !keys.has(keyText(key));
      }),
    );
  }
  return [...matched, ...oneSided(rest.slice(0, base.length), rest.slice(base.length))];
}

/**
 * Sums of what was too small to be listed: of as many ops of one type in every run, with nothing else beside them. They have no
 * names to be matched by, and need none.
 */
function areAlike(runs: readonly RunOps[]): boolean {
  const [first, ...others] = runs.map((ops) => JSON.stringify(ops.map((op) => [keyText(op), op.countPerStep])));
  return others.every((other) => other === first);
}

/** An op that only some runs of a side have counts 0 on the others. */
function oneSided(base: readonly RunOps[], head: readonly RunOps[]): MatchedOp[] {
  const byRun = [...base, ...head].map((ops) => grouped(ops, (op) => op));
  const all = new Map(byRun.flatMap((groups) => [...groups].map(([key, { op }]) => [key, op] as const)));
  return [...all].map(([key, op]) => {
    const runs = byRun.map((groups) => groups.get(key)?.ops ?? []);
    const sides = sidesOf(runs.slice(0, base.length), runs.slice(base.length));
    return { ...op, tier: undefined, ...sides };
  });
}

function sidesOf(base: readonly RunOps[], head: readonly RunOps[]): Pick<MatchedOp, 'total' | 'count'> {
  const figures = (runs: readonly RunOps[], of: (ops: RunOps) => Figure): Figure[] =>
    runs.some((ops) => ops.length > 0) ? runs.map(of) : [];
  return {
    total: { base: figures(base, totalOf), head: figures(head, totalOf) },
    count: { base: figures(base, countOf), head: figures(head, countOf) },
  };
}

export function totalOf(ops: RunOps): Figure {
  return {
    value: ops.reduce((sum, { perStep }) => sum + perStep.value, 0),
    error: Math.sqrt(ops.reduce((sum, { perStep }) => sum + perStep.error ** 2, 0)),
  };
}

export function countOf(ops: RunOps): Figure {
  return { value: ops.reduce((sum, { countPerStep }) => sum + countPerStep, 0), error: 0 };
}

type Groups = Map<string, { readonly op: OpKey; readonly ops: OpSummary[] }>;

function grouped(ops: RunOps, keyOf: (op: OpKey) => OpKey | undefined): Groups {
  const groups: Groups = new Map();
  for (const op of ops) {
    const key = keyOf(op);
    if (key === undefined) continue;
    const group = groups.get(keyText(key)) ?? { op: { type: key.type, name: key.name, shapes: key.shapes }, ops: [] };
    groups.set(keyText(key), group);
    group.ops.push(op);
  }
  return groups;
}

function keyText({ type, name, shapes }: OpKey): string {
  return JSON.stringify([type, name, shapes]);
}

/** The first dimension, which is the batch or the number of tokens, does not count; the others as powers of two. */
function shapeBucket(shapes: string): string {
  return shapes
    .split(';')
    .map((shape) =>
      shape
        .split(',')
        .map((size, dimension) => (dimension === 0 ? '*' : powerOfTwo(size)))
        .join(','),
    )
    .join(';');
}

function powerOfTwo(size: string): string {
  const number = Number(size.replace(/\D/g, ''));
  return number > 0 ? `${2 ** Math.ceil(Math.log2(number))}` : size;
}
