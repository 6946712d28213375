import { describe, expect, test } from 'vitest';
import {
  type Check,
  compareRuns,
  type Comparison,
  decodeBaseline,
  defaultRules,
  encodeBaseline,
  parseRules,
  type RunSummary,
} from '../../src/analysis/compare/index.ts';
import { Random } from '../../src/analysis/compare/random.ts';
import { COMPARE_TEXTS } from '../../src/locale/compare.ts';
import { renderHtml, renderJson, renderJunit, renderMarkdown, renderText } from '../../src/report/compare/index.ts';
import type { Labels, Metric } from '../../src/timeline/index.ts';
import { measuredSummary, metric, samplesOf } from '../support/metric-runs.ts';
import { runSummary } from '../support/run-summaries.ts';

const MS = 1e6;
const tool = { name: 'traceconv', version: 'test' };
const QWEN = { model: 'Qwen', batch: '4' };

interface Options {
  readonly rules?: string;
  readonly allowed?: readonly Check[];
}

function compared(base: readonly RunSummary[], head: readonly RunSummary[], options: Options = {}): Comparison {
  const named = (runs: readonly RunSummary[]) => runs.map((summary, i) => ({ name: `run${i}`, summary }));
  const rules = options.rules === undefined ? defaultRules(base, head) : parseRules(options.rules);
  return compareRuns(named(base), named(head), { rules, allowed: options.allowed, tool });
}

const three = (...metrics: readonly Metric[]): RunSummary[] => [1, 2, 3].map(() => measuredSummary({ metrics }));
const ttft = (ms: number, labels: Labels = QWEN): Metric => metric('ttft.p99', ms * MS, labels);
/** As it is written for programs. */
function checkOf(comparison: Comparison, check: Check): unknown {
  const { comparability }: { comparability: { check: Check }[] } = JSON.parse(renderJson(comparison));
  return comparability.find((each) => each.check === check);
}

describe('runs of which only numbers are known', () => {
  test('are compared without a trace', () => {
    const comparison = compared(three(ttft(100)), three(ttft(100)));
    expect(comparison).toMatchObject({ verdict: 'pass', exitCode: 0, commonLabels: QWEN });
    expect(comparison.rules.map(({ expr, outcome }) => [expr, outcome])).toEqual([['ttft.p99>10%&>1ms', 'pass']]);
    expect(checkOf(comparison, 'steps')).toMatchObject({ severity: 'unknown' });
  });

  test('are a regression where a latency rises and where a rate falls', () => {
    const base = three(ttft(100), metric('output_tok_s', 1000, QWEN));
    const rise = compared(base, three(ttft(150), metric('output_tok_s', 1000, QWEN)));
    expect(rise).toMatchObject({ verdict: 'regression', exitCode: 4 });
    expect(rise.rows.map(({ key, status }) => [key, status])).toEqual([
      ['ttft.p99', 'slower'],
      ['output_tok_s', 'same'],
    ]);
    const fall = compared(base, three(ttft(100), metric('output_tok_s', 700, QWEN)), { rules: 'output_tok_s<-3%' });
    expect(fall.rules).toMatchObject([{ outcome: 'fail', base: 1000, head: 700, ratio: -0.3 }]);
  });

  test('are better where a rate rises, which no rule about its fall minds', () => {
    const [base, head] = [1000, 1400].map((rate) => three(metric('output_tok_s', rate, QWEN)));
    const comparison = compared(base, head);
    expect(comparison.verdict).toBe('pass');
    expect(comparison.rows).toMatchObject([{ status: 'faster' }]);
  });

  test('are judged group by group, and selectors choose groups', () => {
    const groups = (slow: number) => three(ttft(100), ttft(slow, { ...QWEN, batch: '8' }));
    const [base, head] = [groups(200), groups(300)];
    const judge = (rules: string) => compared(base, head, { rules }).rules[0];
    expect(judge('ttft.p99>5%')).toMatchObject({ outcome: 'fail', failing: ['ttft.p99[batch=8]'] });
    expect(judge('ttft.p99[batch=4]>5%').outcome).toBe('pass');
    expect(judge('ttft.p99[batch=8,model=Qw*]>5%').outcome).toBe('fail');
    expect(judge('ttft.p99[batch=16]>5%').outcome).toBe('absent');
    expect(judge('ttft.p99[toString=x]>5%').outcome).toBe('absent');
  });

  test('may be judged by names that only their files know', () => {
    const named = (value: number) => three(metric('First token, latency', value, QWEN, { better: 'lower' }));
    const judge = (rules: string) => compared(named(10), named(15), { rules }).rules[0].outcome;
    expect(judge('metric["First token, latency"]>5%')).toBe('fail');
    expect(judge('metric["First token, latency"][batch=4]>1count')).toBe('fail');
    expect(judge('metric["First token, latency"][batch=8]>5%')).toBe('absent');
    // A limit in ms says nothing of a count.
    expect(judge('metric["First token, latency"]>1ms')).toBe('absent');
  });

  test('say which groups only one side has, and compare the others', () => {
    const base = three(ttft(100), ttft(100, { ...QWEN, batch: '8' }));
    const comparison = compared(base, three(ttft(100)));
    expect(comparison.verdict).toBe('pass');
    expect(checkOf(comparison, 'metrics')).toMatchObject({
      ...{ severity: 'warning', base: 'only here: model=Qwen,batch=8', head: '1 common' },
    });
    expect(comparison.rows.map(({ key, status }) => [key, status])).toContainEqual(['ttft.p99[batch=8]', 'gone']);
  });

  test('of different models are not comparable, unless somebody says so', () => {
    const [base, head] = ['Qwen', 'Llama'].map((model) => three(ttft(100, { ...QWEN, model })));
    const comparison = compared(base, head);
    expect(comparison).toMatchObject({ verdict: 'not-comparable', exitCode: 6 });
    expect(checkOf(comparison, 'labels')).toMatchObject({ base: 'model=Qwen', head: 'model=Llama' });
    expect(compared(base, head, { allowed: ['labels'] })).toMatchObject({ verdict: 'pass', exitCode: 0 });
  });

  test('are comparable where labels only say whose side it is', () => {
    const [base, head] = ['0.9', '0.11'].map((version) => three(ttft(100, { ...QWEN, version })));
    const comparison = compared(base, head);
    expect(comparison.verdict).toBe('pass');
    expect(checkOf(comparison, 'labels')).toMatchObject({
      ...{ severity: 'warning', base: 'version=0.9', head: 'version=0.11' },
    });
  });

  test('that give one number in different units say so instead of comparing', () => {
    const head = three(metric('ttft.p99', 100, QWEN, { unit: 'count' }));
    const comparison = compared(three(ttft(100)), head, { rules: 'ttft.p99>5%' });
    expect(checkOf(comparison, 'units')).toMatchObject({
      ...{ severity: 'warning', base: 'ttft.p99 in ns', head: 'ttft.p99 in count' },
    });
    expect(comparison.rules[0].outcome).toBe('absent');
    expect(comparison.verdict).toBe('not-comparable');
  });

  test('without a number in common with a rule fail it', () => {
    expect(compared(three(ttft(100)), three(ttft(100)), { rules: 'itl.p99>5%' }).rules[0].outcome).toBe('absent');
  });
});

describe('what is said of changes', () => {
  const why = ({ rows }: Comparison) => Object.fromEntries(rows.map(({ metric: name, whySame }) => [name, whySame]));

  test('is the same only of what is the same', () => {
    const numbers = (ms: number, seconds: number) =>
      three(ttft(ms), metric('ttft.mean', 100 * MS, QWEN), metric('duration', seconds * 1e9, QWEN));
    const comparison = compared(numbers(100, 60), numbers(101, 90));
    expect(why(comparison)).toEqual({ 'ttft.p99': 'within-noise', 'ttft.mean': 'equal', duration: 'not-judged' });
    const words = renderText(comparison, COMPARE_TEXTS.en).join('\n');
    expect(words).toMatch(/ttft\.p99 .* within noise\n/);
    expect(words).toMatch(/duration .* not judged/);
  });

  test('is better or worse of what has no speed', () => {
    const failed = (count: number) => three(metric('requests.failed', count, QWEN));
    const [, line] = renderText(compared(failed(0), failed(50)), COMPARE_TEXTS.en)
      .join('\n')
      .split('\nMetrics');
    expect(line).toMatch(/requests\.failed .* worse$/);
  });
});

describe('results that nothing tells apart', () => {
  const folder = (...latencies: number[]): RunSummary =>
    measuredSummary(...latencies.map((ms) => ({ metrics: [metric('ttft.mean', ms * MS, QWEN)] })));

  test.each([
    ['in one folder', [folder(100, 300)], [folder(100, 101)]],
    ['in inputs of their own', [folder(100), folder(300)], [folder(100)]],
  ])('%s and that are far apart are said to be no repeats, perhaps', (_, base, head) => {
    const comparison = compared(base, head);
    expect(checkOf(comparison, 'repeats')).toEqual({
      ...{ check: 'repeats', base: 'far apart: ttft.mean', head: null, severity: 'warning' },
    });
    for (const form of [
      renderText(comparison, COMPARE_TEXTS.en).join('\n'),
      renderMarkdown(comparison, COMPARE_TEXTS.en),
      renderHtml(comparison, COMPARE_TEXTS.en, 'en'),
      renderJunit(comparison, COMPARE_TEXTS.en),
    ]) {
      expect(form).toContain('far apart: ttft.mean');
      expect(form).toContain('differ by more than a fifth');
    }
  });

  test('are repeats where they are close', () => {
    const comparison = compared([folder(100, 110)], [folder(100, 101)]);
    expect(checkOf(comparison, 'repeats')).toMatchObject({ severity: 'unknown' });
  });
});

test('sides that measure other things say which, and what to do', () => {
  const latency = [measuredSummary({ metrics: [metric('latency.mean', 6e9), metric('latency.p99', 7e9)] })];
  const throughput = [measuredSummary({ metrics: [metric('req_s', 5), metric('total_tok_s', 3640)] })];
  const comparison = compared(latency, throughput);
  expect(comparison.exitCode).toBe(6);
  expect(checkOf(comparison, 'metrics')).toMatchObject({
    ...{ severity: 'not-comparable', base: 'has only latency', head: 'has only req_s, total_tok_s' },
  });
  expect(renderText(comparison, COMPARE_TEXTS.en).join('\n')).toContain('no metric in common');
});

describe('bounds', () => {
  const open = (ms: number): Metric =>
    metric('ttft.p99', ms * MS, QWEN, { low: ms * MS, high: Number.POSITIVE_INFINITY });
  const within = (low: number, high: number): Metric =>
    metric('ttft.p99', ((low + high) / 2) * MS, QWEN, { low: low * MS, high: high * MS });
  const outcome = (base: Metric, head: Metric): string =>
    compared(three(base), three(head), { rules: 'ttft.p99>5%' }).rules[0].outcome;

  test('that lie apart are a change, also where one has no end', () => {
    expect(outcome(within(100, 110), open(10_000))).toBe('fail');
    expect(outcome(within(100, 110), within(200, 220))).toBe('fail');
  });

  test('that overlap are none that anybody can be sure of', () => {
    expect(outcome(within(100, 400), within(150, 450))).toBe('noise');
    expect(outcome(open(100), open(200))).toBe('noise');
    expect(outcome(within(1000, 2000), open(1500))).not.toBe('fail');
  });

  test('are said in every output', () => {
    const comparison = compared(three(within(100, 110)), three(open(10_000)));
    const texts = COMPARE_TEXTS.en;
    for (const output of [
      renderText(comparison, texts).join('\n'),
      renderMarkdown(comparison, texts),
      renderHtml(comparison, texts, 'en'),
      renderJunit(comparison, texts),
    ]) {
      expect(output).toContain('≥ 10.00 s');
      expect(output).toContain('105.00 ms (100 … 110)');
    }
  });
});

describe('traces and numbers together', () => {
  const traced = (metrics: readonly Metric[] = []): RunSummary =>
    runSummary({ metrics: measuredSummary({ metrics }).metrics });

  test('are judged by both', () => {
    const comparison = compared([traced([ttft(100)])], [traced([ttft(200)])]);
    expect(comparison.rules.map(({ metric: name }) => name)).toEqual(
      expect.arrayContaining(['step.p50', 'op.total', 'ttft.p99']),
    );
    expect(comparison.verdict).toBe('regression');
  });

  test('are judged by the numbers alone where a side was not traced, which is said', () => {
    const comparison = compared([traced([ttft(100)])], three(ttft(100)));
    expect(comparison).toMatchObject({ verdict: 'pass', exitCode: 0 });
    expect(comparison.rules.map(({ metric: name }) => name)).toEqual(['ttft.p99']);
    expect(checkOf(comparison, 'steps')).toMatchObject({ base: 'trace', head: 'no trace', severity: 'warning' });
  });

  test('may be given as inputs of their own', () => {
    const side = [runSummary(), measuredSummary({ metrics: [ttft(100)] })];
    const comparison = compared(side, side);
    expect(comparison.verdict).toBe('pass');
    expect(comparison.rows.map(({ key }) => key)).toEqual(expect.arrayContaining(['decode.p50', 'ttft.p99']));
  });

  test('where one side has none are compared as traces, and what was measured is named', () => {
    const comparison = compared([traced([ttft(100)])], [traced()]);
    expect(comparison.verdict).toBe('pass');
    expect(checkOf(comparison, 'metrics')).toMatchObject({ severity: 'warning', head: 'none' });
  });
});

describe('numbers beside traces in which nobody finds steps', () => {
  const stepless = (...metrics: Metric[]): RunSummary =>
    runSummary({ phases: [], stepSource: 'none', metrics: measuredSummary({ metrics }).metrics });
  const outcomesOf = ({ rules }: Comparison) =>
    Object.fromEntries(rules.map(({ metric: name, outcome }) => [name, outcome]));

  test('are judged by what is there; default rules about steps are not applied, and every form says so', () => {
    const comparison = compared([stepless(ttft(100))], [stepless(ttft(100))]);
    expect(comparison).toMatchObject({ verdict: 'pass', exitCode: 0 });
    expect(outcomesOf(comparison)).toEqual({
      ...{ 'step.p50': 'not-applied', 'step.exposed-comm': 'not-applied', 'step.idle': 'not-applied' },
      ...{ 'op.total': 'not-applied', 'op.unmatched': 'not-applied', 'ttft.p99': 'pass' },
    });
    expect(checkOf(comparison, 'steps')).toMatchObject({ severity: 'warning', base: 'none', head: 'none' });
    const texts = COMPARE_TEXTS.en;
    for (const output of [
      renderText(comparison, texts).join('\n'),
      renderMarkdown(comparison, texts),
      renderHtml(comparison, texts, 'en'),
      renderJunit(comparison, texts),
    ]) {
      expect(output).toContain('neither side has step.p50');
      expect(output).toContain('--whole-run');
    }
    const slower = compared([stepless(ttft(100))], [stepless(ttft(200))]);
    expect(slower).toMatchObject({ verdict: 'regression', exitCode: 4 });
  });

  test('are not comparable by a rule about steps that somebody named', () => {
    const rules = 'ttft.p99>5%, step.p50>3%';
    const comparison = compared([stepless(ttft(100))], [stepless(ttft(100))], { rules });
    expect(comparison).toMatchObject({ verdict: 'not-comparable', exitCode: 6 });
    expect(outcomesOf(comparison)).toEqual({ 'ttft.p99': 'pass', 'step.p50': 'absent' });
    expect(compared([stepless(ttft(100))], [stepless(ttft(100))], { rules: 'ttft.p99>5%' }).exitCode).toBe(0);
  });

  test('are not comparable where one side alone lost its steps, unless somebody allows that', () => {
    const withSteps = runSummary({ metrics: measuredSummary({ metrics: [ttft(100)] }).metrics });
    expect(compared([withSteps], [stepless(ttft(100))])).toMatchObject({ verdict: 'not-comparable', exitCode: 6 });
    const allowed = compared([withSteps], [stepless(ttft(100))], { allowed: ['steps'] });
    expect(allowed).toMatchObject({ verdict: 'pass', exitCode: 0 });
    expect(outcomesOf(allowed)['step.p50']).toBe('not-applied');
  });

  test('are not comparable where nothing else can be judged', () => {
    const lone = metric('duration', 1e9, QWEN);
    expect(compared([stepless(lone)], [stepless(lone)])).toMatchObject({ verdict: 'not-comparable', exitCode: 6 });
  });

  test('of the default figures, one that a side has lost is no pass', () => {
    const base = [stepless(ttft(100), metric('req_s', 5, QWEN))];
    expect(compared(base, [stepless(metric('req_s', 5, QWEN))]).exitCode).toBe(4);
  });
});

describe('baselines', () => {
  const [summary] = three(
    metric('ttft.p99', 5 * MS, QWEN, { low: 4 * MS, high: Number.POSITIVE_INFINITY }),
    metric('delta', -3, { ...QWEN, note: '__proto__' }),
  );
  const text = encodeBaseline([{ name: 'a', summary }], tool);

  test('keep labels, bounds and repeats', () => {
    expect(decodeBaseline(text, 'base.json')[0].summary.metrics).toEqual(summary.metrics);
    const repeated = measuredSummary(...[1, 2, 3].map((value) => ({ metrics: [metric('req_s', value)] })));
    const again = decodeBaseline(encodeBaseline([{ name: 'a', summary: repeated }], tool), 'base.json');
    expect(again[0].summary.metrics).toEqual(repeated.metrics);
    expect(repeated.metrics[0]).toMatchObject({ value: 2, repeats: 3 });
  });

  test('of versions that knew no labels are those of steps', () => {
    const old = text.replaceAll(/,"labels":\{[^}]*\}/g, '').replaceAll(/,"range":\[[^\]]*\]/g, '');
    expect(old).not.toContain('labels');
    expect(decodeBaseline(old, 'base.json')[0].summary.metrics[0].labels).toEqual({ source: 'decode steps' });
  });
});

describe('noise', () => {
  const random = new Random(7);
  const values = (mean: number, count = 400) => Array.from({ length: count }, () => mean * (0.8 + 0.4 * random.next()));
  const sampled = (mean: number): RunSummary =>
    measuredSummary({ samples: samplesOf('ttft', values(mean * MS), QWEN) });

  test('between runs of the same thing is no regression', () => {
    const same = Array.from({ length: 40 }, () => {
      const [base, head] = [1, 2].map(() => [1, 2, 3].map(() => sampled(100 * (0.98 + 0.04 * random.next()))));
      return compared(base, head, { rules: 'ttft.p99>3%, ttft.mean>2%' }).verdict;
    });
    expect(same.filter((verdict) => verdict !== 'pass')).toEqual([]);
  });

  test('does not hide what is beyond it', () => {
    const found = Array.from({ length: 20 }, () => {
      const runs = (mean: number) => [1, 2, 3].map(() => sampled(mean * (0.98 + 0.04 * random.next())));
      return compared(runs(100), runs(130), { rules: 'ttft.mean>5%' }).verdict;
    });
    expect(found.filter((verdict) => verdict !== 'regression')).toEqual([]);
  });
});
