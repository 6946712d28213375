// What a report looks like in a terminal.
import { describe, expect, it } from 'vitest';
import { unstyled } from '../../../src/report/text/style.ts';
import { renderText, type TextOptions } from '../../../src/report/text/render-text.ts';
import { cut, displayWidth, shortened } from '../../../src/report/text/width.ts';
import { wrapped } from '../../../src/report/text/wrap.ts';
import { bar, stack } from '../../../src/report/text/bars.ts';
import { EXAMPLE } from '../../support/example-report.ts';

const text = (options: Partial<TextOptions> = {}, document = EXAMPLE): string =>
  unstyled(renderText(document, { language: 'en', ...options }));
const lines = (options: Partial<TextOptions> = {}): string[] => text(options).trimEnd().split('\n');

describe('a report for a terminal', () => {
  it('opens with what was read, and then what was measured', () => {
    const [input, place, time, , title] = lines();
    expect(input).toBe('run (2 files)');
    expect(place).toBe('Ascend NPU · chip V4_1_0 (code 5) · CANN 8.3.RC1 · 4 ranks (tp 2, pp 2) · profiled at Level1');
    expect(time).toContain('window 40.000 ms (first op to last op)');
    expect(title).toBe('Metrics');
    expect(lines()).toContain('  4 tokens, 10.0 ms each on average; p50 8.00 ms, p95 20.0 ms · 100.0 tokens/s');
  });

  it('counts a step once, and says how many devices took it', () => {
    const { decode } = EXAMPLE.steps.byPhase;
    if (decode === undefined) throw new Error('the example has no tokens');
    const steps = { ...EXAMPLE.steps, byPhase: { decode: { ...decode, deviceCount: 2 } } };
    expect(text({}, { ...EXAMPLE, steps })).toContain('  4 tokens on 2 devices, 10.0 ms each');
    expect(text({ language: 'zh' }, { ...EXAMPLE, steps })).toContain('  4 个 token（2 个设备），平均 10.0 ms');
  });

  it('has the sections in the order in which they are read', () => {
    const titles = lines().filter((line, index, all) => index > 0 && all[index - 1] === '' && !line.startsWith(' '));
    expect(titles).toEqual([
      ...[
        'Metrics',
        'Mean token',
        'Where the time went',
        'Findings',
        'Top ops',
        'Bubbles',
        'Steps',
        'Ranks',
        'Overlap',
      ],
      ...['Critical path', "The profiler's own figures", 'By other definitions'],
      ...['Launches and queues', 'Stacks of the host', 'Data quality'],
    ]);
  });

  it('says of ops what they take of a token, in µs and percent', () => {
    expect(text()).toMatch(/MatMulV3 +2,000\.0 +40\.0 % +█+ +64\n/);
  });

  it.each([80, 100, 140])('has no line wider than %i cells', (width) => {
    for (const language of ['en', 'zh'] as const) {
      expect(lines({ width, language }).filter((line) => displayWidth(line) > width)).toEqual([]);
    }
  });

  it('ends no line with blanks', () => {
    expect(lines().filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  it('cuts tables at the limit and says how much is missing', () => {
    const part = text({ top: 1 });
    expect(part).toContain('and 2 more');
    expect(part).not.toContain('RmsNorm  ');
    expect(part).toContain('The 1 slowest of 4:');
  });

  it('lets no name of a trace reach the terminal as it is', () => {
    const raw = renderText(EXAMPLE, { language: 'en' });
    expect(raw).not.toMatch(/\u202e/);
    expect(unstyled(raw)).not.toMatch(/\u001b/);
    expect(text()).toContain('\\u{1b}[31m\\u{a}');
  });

  it('says once why there are no steps, and nothing of sections that were not asked for', () => {
    const document = {
      ...EXAMPLE,
      absent: [
        { section: 'token', reason: 'no-steps' },
        { section: 'steps', reason: 'no-steps' },
        { section: 'ranks', reason: 'not-asked-for' },
      ] as const,
    };
    const said = text({}, document);
    expect(said.split('Nothing tells steps.').length).toBe(2);
    expect(said).toContain('Steps\n  Nothing tells steps.');
    expect(said).not.toMatch(/^(Mean token|Ranks)$/m);
  });

  it('speaks Chinese, with the words of the vendors', () => {
    // What another tool calls its figures stays as it is.
    const said = text({ language: 'zh' }, { ...EXAMPLE, definitions: null });
    for (const word of [
      '平均 token',
      '算子',
      '空泡',
      '未掩盖通信',
      '空闲',
      '计算',
      '预填充/首token',
      '解码/增量',
      '快慢卡',
    ]) {
      expect(said).toContain(word);
    }
    expect(said).not.toMatch(/\b(compute|idle|bubbles|steps|event|times|mixed)\b/);
  });
});

describe('findings in a terminal', () => {
  const finding = {
    ...{ rule: 'synchronous-api', stakeNs: 5_000_000, confidence: 0.75, at: null },
    window: { startNs: 2_000_400, endNs: 5_000_001 },
    evidence: { callCount: 2, hostNs: 7_000_000, idleNs: 5_000_000, windowShare: 0.125, calls: ['aclrtSync'] },
  };
  const part = (options: Partial<TextOptions>): string =>
    text(options, { ...EXAMPLE, findings: [finding] })
      .split('Findings\n')[1]
      .split('\n\n')[0];

  it('are short: what, how much, where, why', () => {
    expect(part({}).split('\n')).toEqual([
      '  1. Synchronous calls: the device runs dry for 12.5 % of its time',
      '     5.00 ms at stake (6.3 % of the window), 75 % sure · see it: --range 2000us..5001us',
      '     The host waits for the device for 7.00 ms in all; 2 such calls left it without anything to do',
      '     for 5.00 ms. Calls: aclrtSync.',
      '  --verbose says how to confirm each and what to do; so do --format md and html.',
    ]);
  });

  it('say all they know where that is asked for', () => {
    expect(part({ isVerbose: true })).toMatch(/to confirm: Zoom in: .+to do: Take item\(\)/s);
    expect(part({ isVerbose: true })).not.toContain('--verbose');
  });

  it('keep names of kernels to a length that can be read', () => {
    const kernel = `void at::native::${'vectorized_'.repeat(20)}kernel<4>(int, at::detail::Array<char*, 3>)`;
    const long = { ...finding, evidence: { ...finding.evidence, calls: [kernel] } };
    const [, calls] = text({}, { ...EXAMPLE, findings: [long] }).split('Calls: ');
    expect(calls.split('\n  --')[0].length).toBeLessThan(70);
  });
});

describe('many devices', () => {
  const totals = Array.from({ length: 64 }, (_, rank) => ({
    ...{ ...EXAMPLE.totals[0], rank, device: rank % 8, computeNs: 20_000_000 + rank },
  }));
  const overlap = totals.flatMap(({ rank, device }) => EXAMPLE.overlap.map((each) => ({ ...each, rank, device })));
  const items = totals.flatMap(({ rank, device, computeNs }) =>
    (EXAMPLE.ranks?.items ?? []).map((item) => ({ ...item, rank, device, computeNs })),
  );
  const ranks = EXAMPLE.ranks === null ? null : { ...EXAMPLE.ranks, items };
  const document = { ...EXAMPLE, totals, overlap, ranks };
  const ranksOf = (said: string, title: string): string[] =>
    [
      ...said
        .split(`\n${title}\n`)[1]
        .split(/\n\n\w/)[0]
        .matchAll(/^ +rank (\d+) · NPU \d {2}/gm),
    ].map(([, rank]) => rank);

  it.each(['Where the time went', 'Ranks'])(
    'are told in "%s" by those that compute most, the median and least',
    (title) => {
      expect(ranksOf(text({}, document), title)).toEqual(['63', '32', '0']);
      expect(text({}, document)).toContain('Of 64 devices those with the most, the median and the least compute;');
    },
  );

  it('are all there where they are asked for', () => {
    expect(ranksOf(text({ top: 64 }, document), 'Where the time went')).toHaveLength(64);
  });

  it('are added up where only their sum says something', () => {
    expect(text({}, document)).toMatch(/all 64 devices {2}compute \+ communication +128 ms +5.0 %/);
  });
});

describe('the words of a report', () => {
  it('call devices of unknown makers devices', () => {
    const environment = { ...EXAMPLE.environment, device: null };
    expect(text({}, { ...EXAMPLE, environment })).toContain('rank 0 · device 4');
  });

  it('say what is missing where nothing tells causes', () => {
    const bubbles = EXAMPLE.bubbles && {
      ...EXAMPLE.bubbles,
      groups: EXAMPLE.bubbles.groups.map((group) => ({ ...group, cause: 'unknown' as const })),
    };
    expect(text({}, { ...EXAMPLE, bubbles })).toContain('Causes are told by the calls that launch ops');
    expect(text()).not.toContain('Causes are told');
  });

  it('say of a device that is never idle just that', () => {
    const bubbles = EXAMPLE.bubbles && {
      ...{ ...EXAMPLE.bubbles, totalNs: 0, belowThresholdNs: 0, belowThresholdCount: 0, count: 0, groups: [] },
      ...{ histogram: [], items: [] },
    };
    expect(text({}, { ...EXAMPLE, bubbles })).toContain('Bubbles\n  device idle: none\n');
  });
});

describe('the width of a text', () => {
  it.each([
    ['MatMul', 6],
    ['算子', 4],
    ['计算 a', 6],
    ['é', 1],
    ['e\u0301', 1],
    ['\u001b[1mbold\u001b[22m', 4],
  ])('of %j is %i cells', (each, width) => {
    expect(displayWidth(each)).toBe(width);
  });

  it('is kept when names are cut in the middle, and lists at the end', () => {
    expect(shortened('aclnnMatmul_MatMulV3', 11)).toBe('aclnn…MulV3');
    expect(shortened('算子算子算子', 6)).toBe('算…子');
    expect(shortened('short', 5)).toBe('short');
  });

  it('is saved at the signature of C++ kernels first', () => {
    const name = 'void at::native::(anonymous namespace)::pool<float>(int, Array<char*, (2)>)';
    expect(shortened(name, 80)).toBe(name);
    expect(shortened(name, 50)).toBe('at::native::(anonymous namespace)::pool<float>');
    expect(cut('MatMul, Add, Mul', 8)).toBe('MatMul,…');
  });
});

describe('long lines', () => {
  it('break between words and keep their indentation', () => {
    expect(wrapped('  one two three', 9)).toEqual(['  one two', '  three']);
  });

  it('keep a figure and its unit together', () => {
    expect(wrapped('it takes 1.23 ms now', 12)).toEqual(['it takes', '1.23 ms now']);
    expect(wrapped('rather (0 % sure)', 10)).toEqual(['rather', '(0 % sure)']);
  });

  it('break Chinese anywhere', () => {
    expect(wrapped('甲乙丙丁戊', 4)).toEqual(['甲乙', '丙丁', '戊']);
    expect(wrapped('甲乙，丙', 4)).toEqual(['甲', '乙，', '丙']);
  });
});

describe('bars', () => {
  it.each([
    [1, '████'],
    [0.5, '██'],
    [0.53, '██▏'],
    [0.0001, '▏'],
    [0, ''],
  ])('show %f of four cells', (ratio, drawn) => {
    expect(unstyled(bar(ratio, 4))).toBe(drawn);
  });

  it('put parts of a whole end to end', () => {
    expect(unstyled(stack([0.5, 0.26, 0.24], 10))).toBe('█████▒▒▒··');
  });
});
