// What a report looks like in an issue or a wiki.
import { describe, expect, it } from 'vitest';
import { codeOf, escaped } from '../../../src/report/markdown/markdown-text.ts';
import { renderMarkdown } from '../../../src/report/markdown/render-markdown.ts';
import { EXAMPLE, HOSTILE } from '../../support/example-report.ts';

const text = renderMarkdown(EXAMPLE, { language: 'en' });

describe('a report in markdown', () => {
  it('has a title for every section and a table of what is in it', () => {
    expect(text).toContain('## Mean token\n\n4 tokens, 10.0 ms each');
    expect(text).toContain(
      '| op | class | count | total | of busy | per step | self | mean | p50 | p95 | max |\n| --- |',
    );
    expect(text).toContain('| `MatMulV3` | cube | 256 | 8.00 ms | 26.7 % |');
  });

  it('has as many cells in every row as in the header', () => {
    const cells = (line: string): number => line.replaceAll('\\|', '').split('|').length;
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) expect(new Set(table.trimEnd().split('\n').map(cells)).size, table).toBe(1);
  });

  it('shows names as code, whatever they hold', () => {
    expect(text).toContain('``Mat\\|Mul`<b>\\u{1b}[31m\\u{a}=1+1\\u{202e}``');
    expect(text).not.toContain(HOSTILE);
  });

  it('has no styles of a terminal', () => {
    expect(text).not.toContain('\u001b');
  });
});

describe('code', () => {
  it.each([
    ['MatMul', '`MatMul`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['``x', '``` ``x ```'],
    ['', ''],
    [' ', '` `'],
  ])('of %j', (name, code) => {
    expect(codeOf(name)).toBe(code);
  });
});

describe('prose', () => {
  it.each([
    ['<img src=x>', '&lt;img src=x\\>'],
    ['[a](b)', '\\[a\\](b)'],
    ['ask @team about #12', 'ask @<!-- -->team about #<!-- -->12'],
    ['https://a.b www.c.d', 'https:<!-- -->//a.b www.<!-- -->c.d'],
    ['a | b & c', 'a \\| b &amp; c'],
    ['MatMul_V3 takes 1.5 ms', 'MatMul\\_V3 takes 1.5 ms'],
  ])('brings nothing to life in %j', (prose, markdown) => {
    expect(escaped(prose)).toBe(markdown);
  });
});
