import { describe, expect, test } from 'vitest';
import {
  type Check,
  compareRuns,
  type Comparison,
  type NamedRun,
  parseRules,
  type RunSummary,
} from '../../src/analysis/compare/index.ts';
import {
  exact,
  opsTimes,
  opSummary,
  type PhaseChanges,
  phaseSummary,
  runSummary,
  threeRuns,
  USUAL_OPS,
} from '../support/run-summaries.ts';
import { DEFAULT_RULES } from '../../src/analysis/compare/index.ts';
import { Random } from '../../src/analysis/compare/random.ts';

const tool = { name: 'traceconv', version: 'test' };

function compared(
  head: RunSummary,
  {
    base = runSummary(),
    rules = DEFAULT_RULES,
    accepted = [],
    allowed = [],
  }: {
    base?: RunSummary;
    rules?: string;
    accepted?: { rule: string; reason: string }[];
    allowed?: Check[];
  } = {},
): Comparison {
  return compareRuns(threeRuns(base, 'base'), threeRuns(head, 'head'), {
    ...{ rules: parseRules(rules), accepted, allowed, tool },
  });
}

function decode(changes: PhaseChanges): RunSummary {
  return runSummary({ phases: [phaseSummary('decode', changes)] });
}

const outcomes = ({ rules }: Comparison): string[] => rules.map(({ outcome }) => outcome);

describe('the verdict', () => {
  test('is pass for the same runs', () => {
    const comparison = compared(runSummary());
    expect(comparison).toMatchObject({ verdict: 'pass', exitCode: 0 });
    expect(comparison.rows.filter(({ status }) => status !== 'same')).toEqual([]);
    expect(comparison.coverage).toEqual({ exact: 1, 'shape-bucket': 0, name: 0, type: 0, unmatched: 0 });
  });

  test('is regression where steps take 20 % longer', () => {
    const comparison = compared(decode({ figures: { p50: 12_000_000 } }));
    expect(comparison).toMatchObject({ verdict: 'regression', exitCode: 4 });
    expect(comparison.rules[0]).toMatchObject({
      ...{ expr: 'step.p50>3%&>20us', key: 'decode.p50', unit: 'ns', outcome: 'fail', failing: ['decode.p50'] },
      ...{ base: 10_000_000, head: 12_000_000, delta: 2_000_000, ratio: 0.2 },
    });
  });

  test('is regression where one op takes 5 % longer, and says which', () => {
    const { rules, rows } = compared(decode({ ops: opsTimes({ Op9: 1.05 }) }));
    expect(rules[3]).toMatchObject({ outcome: 'fail', key: 'decode Op9 (8,64)', failing: ['decode Op9 (8,64)'] });
    expect(rows.filter(({ status }) => status === 'slower').map(({ key }) => key)).toEqual(['decode Op9 (8,64)']);
  });

  test('is pass for a change that runs of the same thing show, and says that it is noise', () => {
    const comparison = compared(decode({ figures: { p50: 10_400_000 } }));
    expect(comparison.verdict).toBe('pass');
    expect(outcomes(comparison)[0]).toBe('noise');
  });

  test('needs both limits of a rule to be exceeded', () => {
    const head = decode({ ops: opsTimes({ Op0: 1.2 }) });
    expect(outcomes(compared(head, { rules: 'op.total>10%&>30us, op.total>10%&>10us' }))).toEqual(['pass', 'fail']);
  });

  test('is pass where things got better', () => {
    const comparison = compared(decode({ figures: { p50: 7_000_000 }, ops: opsTimes({ Op9: 0.5 }) }));
    expect(comparison.verdict).toBe('pass');
    expect(comparison.rows.find(({ key }) => key === 'decode.p50')?.status).toBe('faster');
  });
});

describe('a run that is slower as a whole', () => {
  test('by what runs differ by has no slow ops, but one that is slower still stands out', () => {
    const all = Object.fromEntries(USUAL_OPS.map(({ type }) => [type, 1.02]));
    const comparison = compared(decode({ ops: opsTimes({ ...all, Op5: 1.02 * 1.05 }) }));
    expect(comparison.rules[3].failing).toEqual(['decode Op5 (8,64)']);
    expect(comparison.rules[3]).toMatchObject({ ratio: 0.071, adjustedRatio: 0.05 });
    expect(comparison.drift).toEqual([{ phase: 'decode', type: null, ratio: 0.02, isTakenOut: true }]);
  });

  test('by much more has slow ops', () => {
    const all = Object.fromEntries(USUAL_OPS.map(({ type }) => [type, 1.4]));
    const comparison = compared(decode({ ops: opsTimes(all) }));
    expect(comparison.drift).toEqual([{ phase: 'decode', type: null, ratio: 0.4, isTakenOut: false }]);
    expect(comparison.rules[3].failing).toHaveLength(12);
  });
});

describe('types of ops that have a drift of their own', () => {
  /** Six ops a type, a little apart; in each run those of Copy take some percent more or less than in others. */
  function side(copyFactors: readonly number[], slower: Readonly<Record<string, number>> = {}): NamedRun[] {
    return copyFactors.map((factor, run) => {
      const random = new Random(1000 * copyFactors[0] + run);
      const ops = ['MatMul', 'Copy', 'Add', 'Norm'].flatMap((type) =>
        Array.from({ length: 6 }, (_, op) => {
          const restless = 1 + 0.006 * (random.next() - 0.5);
          const times = (type === 'Copy' ? factor : 1) * (slower[`${type}${op}`] ?? 1) * (slower[type] ?? 1);
          return opSummary(type, Math.round(200_000 * restless * times), { name: `${type}${op}` });
        }),
      );
      return { name: `run ${run}`, summary: decode({ ops }) };
    });
  }
  const base = side([1, 1.05, 0.96]);
  const failingOf = (head: NamedRun[], rules = 'op.total>3%&>5us'): readonly string[] =>
    compareRuns(base, head, { rules: parseRules(rules), tool }).rules.flatMap(({ failing }) => failing);

  test('raise no alarm, and it is said which', () => {
    const { drift, verdict } = compareRuns(base, side([1.06, 1.05, 1.02]), { rules: parseRules(DEFAULT_RULES), tool });
    expect(verdict).toBe('pass');
    expect(drift).toEqual([
      { phase: 'decode', type: null, ratio: expect.closeTo(0, 2), isTakenOut: true },
      { phase: 'decode', type: 'Copy', ratio: expect.closeTo(0.04, 2), isTakenOut: true },
    ]);
  });

  test('still show which of their ops is slower', () => {
    expect(failingOf(side([1.02, 0.97, 1], { Copy3: 1.05 }))).toEqual(['decode Copy Copy3']);
    expect(failingOf(side([1.02, 0.97, 1], { Copy3: 1.05 }), 'op.total[Copy3]>3%')).toEqual(['decode Copy3']);
  });

  test('are slower as a whole where that is more than runs differ by', () => {
    const head = side([1.02, 0.97, 1], { Copy: 1.3 });
    expect(failingOf(head)).toHaveLength(6);
    expect(failingOf(head, 'op.total[Copy]>3%')).toEqual(['decode Copy']);
    expect(failingOf(side([1.06, 1.05, 1.02]), 'op.total[Copy]>3%')).toEqual([]);
  });

  test('are none where all runs of a side agree: that is a regression', () => {
    const agreeing = side([1, 1, 1]);
    const head = side([1, 1, 1], { Copy: 1.05 });
    const { rules, drift } = compareRuns(agreeing, head, { rules: parseRules('op.total>3%&>5us'), tool });
    expect(rules[0].failing).toHaveLength(6);
    expect(drift.map(({ type }) => type)).toEqual([null]);
  });
});

describe('what a side lacks', () => {
  test('never passes', () => {
    const comparison = compared(runSummary(), { rules: 'memory.reserved>5%, prefill.p50>3%, op.total[Softmax]>3%' });
    expect(outcomes(comparison)).toEqual(['absent', 'absent', 'absent']);
    expect(comparison).toMatchObject({ verdict: 'regression', exitCode: 4 });
  });

  test('is absent also where only the head lacks it', () => {
    const base = runSummary({ memory: { allocatedBytes: 1e9, reservedBytes: 2e9 } });
    expect(outcomes(compared(runSummary(), { base, rules: 'memory.reserved>5%' }))).toEqual(['absent']);
  });

  test('is a new or gone op, which breaks no rule about all ops', () => {
    const ops = [...USUAL_OPS.slice(1), opSummary('Fused', 90_000)];
    const { rules, rows, verdict } = compared(decode({ ops }));
    expect(rows.filter(({ status }) => status === 'new' || status === 'gone').map(({ key }) => key)).toEqual([
      'decode Op0 (8,64)',
      'decode Fused',
    ]);
    expect(rules[4]).toMatchObject({ expr: 'op.unmatched>3%&>20us', base: 100_000, head: 90_000, outcome: 'pass' });
    expect(verdict).toBe('pass');
  });

  test.each([
    ['a new op that costs more than those that are gone', [...USUAL_OPS.slice(1), opSummary('Fused', 140_000)]],
    ['a new op that replaces none', [...USUAL_OPS, opSummary('Cast', 30_000)]],
  ])('fails as %s', (_, ops) => {
    expect(outcomes(compared(decode({ ops })))).toEqual(['pass', 'pass', 'pass', 'pass', 'fail']);
  });

  test('is 0 for bubbles, so that new ones are found', () => {
    const head = decode({ bubbles: { 'host-late-launch': exact(400_000), copy: exact(30_000) } });
    const rules = 'bubble.host-late>5%, bubble.copy>5%&>50us, bubble.event-wait>5%';
    expect(outcomes(compared(head, { rules }))).toEqual(['fail', 'pass', 'pass']);
  });
});

describe('rules about ops', () => {
  const ops = [...USUAL_OPS, opSummary('MatMul', 500_000, { name: 'a' }), opSummary('MatMul', 500_000, { name: 'b' })];
  const base = decode({ ops });
  const slower = decode({
    ops: ops.map((op) => (op.name === 'a' ? { ...op, perStep: exact(600_000) } : op)),
  });

  test('mean the sum of a type that is named, and each op where wildcards are', () => {
    const { rules } = compared(slower, { base, rules: 'op.total[MatMul]>8%, op.total[MatM*]>8%, op.total[Op?]>8%' });
    expect(rules.map(({ outcome, base: one, head }) => [outcome, one, head])).toEqual([
      ['fail', 1_000_000, 1_100_000],
      ['fail', 500_000, 600_000],
      ['pass', expect.any(Number), expect.any(Number)],
    ]);
  });

  test('count them, too', () => {
    const more = decode({ ops: ops.map((op) => (op.name === 'a' ? { ...op, countPerStep: 2 } : op)) });
    expect(outcomes(compared(more, { base, rules: 'op.count[MatMul]>0, op.count[Op1]>0' }))).toEqual(['fail', 'pass']);
  });
});

describe('accepting', () => {
  const head = decode({ figures: { p50: 12_000_000 } });

  test.each(['step.p50>3%&>20us', 'step.p50 > 3% & > 20us', 'step.p50'])(
    '%s lets it pass, and keeps the reason',
    (rule) => {
      const comparison = compared(head, { accepted: [{ rule, reason: 'known, see the ticket' }] });
      expect(comparison.rules[0]).toMatchObject({ outcome: 'accepted', reason: 'known, see the ticket' });
      expect(comparison.verdict).toBe('pass');
    },
  );

  test('another rule does not help', () => {
    expect(compared(head, { accepted: [{ rule: 'op.total', reason: 'x' }] }).verdict).toBe('regression');
  });
});

describe('comparability', () => {
  const environment = runSummary().environment;
  const severities = (comparison: Comparison, check: Check): (string | undefined)[] =>
    comparison.comparability.filter((each) => each.check === check).map(({ severity }) => severity);

  test.each<[Check, RunSummary]>([
    ['chip', runSummary({ environment: { ...environment, chip: '7' } })],
    ['device', runSummary({ environment: { ...environment, device: 'chrome' } })],
    ['world', runSummary({ environment: { ...environment, world: 8 } })],
    ['tp', runSummary({ environment: { ...environment, tp: 2 } })],
    ['pp', runSummary({ environment: { ...environment, pp: 2 } })],
    ['devices', runSummary({ environment: { ...environment, devices: 2 } })],
    ['steps', runSummary({ phases: [phaseSummary('prefill')] })],
    ['steps', runSummary({ phases: [] })],
    ['phase-mix', runSummary({ phases: [phaseSummary('decode'), phaseSummary('prefill')] })],
    ['model', decode({ ops: USUAL_OPS.map((op) => ({ ...op, type: `New${op.type}`, name: '' })) })],
    ['data-loss', runSummary({ dataLoss: { event_truncated: 1 } })],
  ])('another %s is not comparable', (check, head) => {
    const comparison = compared(head);
    expect(comparison).toMatchObject({ verdict: 'not-comparable', exitCode: 6 });
    expect(severities(comparison, check)).toEqual(['not-comparable']);
    expect(severities(compared(head, { allowed: [check] }), check)).toEqual(['warning']);
  });

  test.each<[Check, RunSummary]>([
    ['toolkit', runSummary({ environment: { ...environment, toolkit: 'CANN 9' } })],
    ['step-count', decode({ stepCount: 128 })],
    ['shapes', decode({ ops: USUAL_OPS.map((op) => ({ ...op, shapes: '16,64' })) })],
    ['data-loss', runSummary({ dataLoss: { text_repaired: 2 } })],
  ])('another %s is a warning', (check, head) => {
    const comparison = compared(head);
    expect(comparison.verdict).toBe('pass');
    expect(severities(comparison, check)).toEqual(['warning']);
  });

  test('what nobody tells is unknown', () => {
    const head = runSummary({ environment: { ...environment, chip: undefined } });
    expect(severities(compared(head), 'chip')).toEqual(['unknown']);
  });
});

test('the first run of all passes', () => {
  const head: NamedRun[] = threeRuns();
  expect(compareRuns([], head, { rules: parseRules(DEFAULT_RULES), tool })).toMatchObject({
    ...{ verdict: 'pass', exitCode: 0, base: null, rules: [], rows: [] },
  });
});
