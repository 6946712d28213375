import { Ajv } from 'ajv';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { compareRuns, type Comparison, DEFAULT_RULES, parseRules } from '../../src/analysis/compare/index.ts';
import { COMPARE_TEXTS } from '../../src/locale/compare.ts';
import { LANGUAGES } from '../../src/locale/index.ts';
import {
  renderGithub,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderText,
} from '../../src/report/compare/index.ts';
import { displayWidth } from '../../src/report/text/width.ts';
import { opSummary, opsTimes, phaseSummary, runSummary, threeRuns, USUAL_OPS } from '../support/run-summaries.ts';
import { textOf } from '../support/source-files.ts';

const tool = { name: 'traceconv', version: 'test' };
const texts = COMPARE_TEXTS.en;

/** Names as a hostile trace could have them: markup, workflow commands, control characters, what XML has no room for. */
const HOSTILE = [
  '<script>alert(1)</script>',
  'a | b `c` **d** [link](https://example.com) @someone',
  'x\n::error::forged\r\n%0A',
  ']]>&amp;\u0000\u0001\ufffe\ud800"\'',
  '\u001b[31mred\u202egnippilf',
];

function comparison(kind: 'pass' | 'regression' | 'not-comparable' | 'first' | 'hostile' | 'large'): Comparison {
  const options = { rules: parseRules(`${DEFAULT_RULES}, memory.reserved>5%, decode.p95>3%`), tool };
  const base = threeRuns(runSummary(), 'base');
  switch (kind) {
    case 'pass':
      return compareRuns(base, threeRuns(runSummary()), { ...options, rules: parseRules('step.p50>3%') });
    case 'regression': {
      const slow = phaseSummary('decode', {
        figures: { p50: 13_000_000, p95: 14_000_000 },
        ops: opsTimes({ Op8: 1.3 }),
      });
      const accepted = [{ rule: 'decode.p95', reason: 'known <b>and</b> fine' }];
      return compareRuns(base, threeRuns(runSummary({ phases: [slow] }), 'head'), { ...options, accepted });
    }
    case 'not-comparable':
      return compareRuns(base, threeRuns(runSummary({ phases: [] }), 'head'), options);
    case 'first':
      return compareRuns([], threeRuns(runSummary()), options);
    case 'hostile': {
      const ops = (value: number) => [...USUAL_OPS, ...HOSTILE.map((name) => opSummary(name, value))];
      const side = (value: number) => runSummary({ phases: [phaseSummary('decode', { ops: ops(value) })] });
      return compareRuns(
        HOSTILE.map((name) => ({ name, summary: side(500_000) })),
        HOSTILE.map((name) => ({ name, summary: side(900_000) })),
        { ...options, accepted: HOSTILE.map((reason) => ({ rule: 'memory.reserved', reason })) },
      );
    }
    case 'large': {
      const ops = (value: number) =>
        Array.from({ length: 150 }, (_, i) => opSummary(`T${i}`, i % 2 === 0 ? value : 100_000));
      const side = (value: number) => runSummary({ phases: [phaseSummary('decode', { ops: ops(value) })] });
      const many = Array.from({ length: 40 }, (_, i) => `op.total[T${2 * i}]>5%`).join(', ');
      return compareRuns(threeRuns(side(100_000)), threeRuns(side(200_000)), { rules: parseRules(many), tool });
    }
  }
}

const KINDS = ['pass', 'regression', 'not-comparable', 'first', 'hostile', 'large'] as const;

describe.each(KINDS)('of a comparison (%s)', (kind) => {
  const compared = comparison(kind);

  test('the JSON document is what its schema says, and gives the same bytes again', () => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse(textOf('docs/schemas/compare-1.schema.json')));
    const document: unknown = JSON.parse(renderJson(compared));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(renderJson(comparison(kind))).toBe(renderJson(compared));
  });

  test.each(LANGUAGES)('the JUnit document (%s) is well formed and has a test per rule', (language) => {
    const xml = renderJunit(compared, COMPARE_TEXTS[language]);
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
    const { testsuites } = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testcase' }).parse(
      xml,
    );
    const cases: { '@_name': string }[] = testsuites.testsuite.testcase;
    expect(cases.map((each) => each['@_name'])).toEqual(['comparability', ...compared.rules.map(({ expr }) => expr)]);
    expect(Number(testsuites['@_tests'])).toBe(cases.length);
    const failed = compared.rules.filter(({ outcome }) => outcome === 'fail' || outcome === 'absent');
    expect(Number(testsuites['@_failures'])).toBe(failed.length);
  });

  test.each(LANGUAGES)('the markdown (%s) has fewer than 60 lines and says the verdict', (language) => {
    const markdown = renderMarkdown(compared, COMPARE_TEXTS[language]);
    expect(markdown.split('\n').length).toBeLessThan(60);
    expect(markdown).toContain(COMPARE_TEXTS[language].verdict[compared.verdict]);
  });

  test('the page needs nothing from elsewhere', () => {
    const html = renderHtml(compared, texts, 'en');
    expect(html).not.toMatch(/<(script|img|link|iframe)|src=|href="(?!#)|@import|url\((?!#)/i);
    expect(html.startsWith('<!doctype html>')).toBe(true);
  });

  test('every form says what is base and what is head', () => {
    const forms = [
      renderText(compared, texts).join('\n'),
      renderMarkdown(compared, texts),
      renderHtml(compared, texts, 'en'),
    ];
    for (const form of forms) {
      expect(form).toMatch(/base/);
      expect(form).toMatch(/head/);
    }
  });
});

describe('hostile names', () => {
  const compared = comparison('hostile');

  test('break no table, mention nobody and link nowhere in markdown', () => {
    const markdown = renderMarkdown(compared, texts);
    expect(markdown).not.toMatch(/<script|@someone|https:\/\/|\*\*d|`c`|(?<!\\)\]\(/);
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
    const cellCounts = new Set(rows.map((row) => row.replaceAll('\\|', '').split('|').length - 2));
    expect([...cellCounts].every((count) => [3, 4, 5].includes(count))).toBe(true);
  });

  test('forge no annotation and no line', () => {
    const lines = renderGithub(compared, texts);
    expect(lines.every((line) => /^::(error|warning) title=[^:,\n\r]*::[^\n\r]*$/.test(line))).toBe(true);
    for (const line of renderText(compared, texts)) expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  test('are text in XML that every parser takes', () => {
    expect(renderJunit(compared, texts)).not.toMatch(/[\ufffe\uffff\ud800-\udfff]|<script/);
  });

  test('are text in HTML', () => {
    expect(renderHtml(compared, texts, 'en')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});

describe('what people are shown', () => {
  const base = runSummary({ phases: [phaseSummary('prefill', { totalNs: 1 }), phaseSummary('decode')] });
  const slow = runSummary({ phases: [phaseSummary('decode', { ops: opsTimes({ Op2: 0.5, Op8: 1.3 }) })] });
  const compared = compareRuns(threeRuns(base), threeRuns(slow), { rules: parseRules(DEFAULT_RULES), tool });

  test('begins with what got worse', () => {
    const lines = renderText(compared, texts);
    const changes = lines.slice(lines.indexOf('Changes') + 1);
    expect(changes.map((line) => line.trim().split(/\s+/)[0])).toEqual(['slower', 'faster']);
  });

  test('has one sentence for a phase that only one side has', () => {
    expect(renderMarkdown(compared, texts)).toContain('prefill: only the base has steps of it');
    expect(renderMarkdown(compared, texts)).not.toContain('gone');
    expect(compared.rows.some(({ key, status }) => key === 'prefill.p50' && status === 'gone')).toBe(true);
  });

  test('says that steps are a guess', () => {
    const guessed = runSummary({ stepSource: 'repetition', stepConfidence: 0.93 });
    const guess = compareRuns(threeRuns(guessed), threeRuns(guessed), { rules: parseRules(DEFAULT_RULES), tool });
    expect(renderMarkdown(guess, texts)).toContain('Steps were found from the repetition of ops, with 93 % confidence');
  });
});

test('markdown says what it leaves out', () => {
  expect(renderMarkdown(comparison('large'), texts)).toMatch(/and 26 more/);
});

test('GitHub annotates what fails as errors and what is odd as warnings', () => {
  expect(renderGithub(comparison('regression'), texts)).toEqual([
    '::error title=FAIL%3A step.p50>3%25&>20us::decode.p50: 10.000 ms -> 13.000 ms (+30.0 %25)',
    '::error title=FAIL%3A op.total>3%25&>5us::decode Op8 (8,64): 900.000 µs -> 1.170 ms (+30.0 %25)',
    '::error title=ABSENT%3A memory.reserved>5%25::neither side has memory.reserved; nobody can say that it did not get worse',
    '::warning title=accepted%3A decode.p95>3%25::decode.p95: 11.000 ms -> 14.000 ms (+27.3 %25); accepted: known <b>and</b> fine',
  ]);
});

test('the text of a regression', () => {
  expect(renderText(comparison('regression'), texts)).toMatchInlineSnapshot(`
    [
      "Performance comparison: regression",
      "base  base1, base2, base3 (3 runs, 192 steps)",
      "head  head1, head2, head3 (3 runs, 192 steps)",
      "decode: the median op changed by 0.0 %, no more than runs of the same thing differ by; ops are judged without that.",
      "Time of ops: 100.0 % matched exactly, 0.0 % by shape bucket, name or type, 0.0 % only on one side.",
      "",
      "Rules",
      "  FAIL      step.p50>3%&>20us            decode.p50: 10.000 ms -> 13.000 ms (+30.0 %)",
      "  pass      step.exposed-comm>15%&>50us  decode.exposed-comm: 1.000 ms -> 1.000 ms (0.0 %)",
      "  pass      step.idle>15%&>50us          decode.idle: 1.000 ms -> 1.000 ms (0.0 %)",
      "  FAIL      op.total>3%&>5us             decode Op8 (8,64): 900.000 µs -> 1.170 ms (+30.0 %)",
      "  pass      op.unmatched>3%&>20us        decode.op.unmatched: 0 ns -> 0 ns (0.0 %)",
      "  ABSENT    memory.reserved>5%           neither side has memory.reserved; nobody can say that it did not get worse",
      "  accepted  decode.p95>3%                decode.p95: 11.000 ms -> 14.000 ms (+27.3 %); accepted: known <b>and</b> fine",
      "",
      "Changes",
      "  slower  decode.p50                  10.000 ms   13.000 ms  +30.0 %",
      "  slower  decode.p95                  11.000 ms   14.000 ms  +27.3 %",
      "  slower  op.total decode Op8 (8,64)  900.000 µs  1.170 ms   +30.0 %",
    ]
  `);
});

test('what cannot be compared has not stayed the same', () => {
  const nothing = threeRuns(runSummary({ phases: [] }));
  const compared = compareRuns(nothing, nothing, { rules: parseRules('step.p50>3%'), tool });
  expect(compared.verdict).toBe('not-comparable');
  for (const said of [renderText(compared, texts), renderMarkdown(compared, texts)].flat()) {
    expect(said).not.toContain(texts.noChange);
  }
});

test('columns stand below one another in Chinese, too', () => {
  const lines = renderText(comparison('regression'), COMPARE_TEXTS.zh);
  const rules = lines.filter((line) => /(step|op|decode|memory)\S*>\d/.test(line));
  const starts = rules.map((line) => displayWidth(line.slice(0, line.search(/(step|op|decode|memory)/))));
  expect(rules.length).toBeGreaterThan(2);
  expect(new Set(starts).size).toBe(1);
});
