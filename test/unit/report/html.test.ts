// What a report looks like as a page: safe and whole whatever is in the trace, and readable without seeing it.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/locale/index.ts';
import type { ReportDocument } from '../../../src/report/index.ts';
import { renderHtml } from '../../../src/report/html/index.ts';
import { SECTIONS } from '../../../src/report/index.ts';
import { EXAMPLE, HOSTILE } from '../../support/example-report.ts';

type Attributes = Readonly<Record<string, string>>;
interface Element {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly Element[];
  readonly text: string;
}

/** An element as a parser that is not ours keeps it in order: its children under its name, its attributes under ":@". */
type Parsed = Readonly<Record<string, unknown>>;

function elementOf(parsed: Parsed): Element[] {
  const name = Object.keys(parsed).find((key) => key !== ':@' && key !== '#text');
  if (name === undefined) return [];
  const inside = parsed[name] as readonly Parsed[];
  const children = inside.flatMap(elementOf);
  const own = inside.flatMap((each) => ('#text' in each ? [String(each['#text'])] : []));
  const text = [...own, ...children.map((child) => child.text)].join(' ');
  return [{ name, attributes: (parsed[':@'] ?? {}) as Attributes, children, text }];
}

function all(element: Element): readonly Element[] {
  return [element, ...element.children.flatMap(all)];
}

function elementsOf(page: string): readonly Element[] {
  const xml = page.replace('<!doctype html>', '');
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });
  return (parser.parse(xml) as readonly Parsed[]).flatMap(elementOf).flatMap(all);
}

const named = (elements: readonly Element[], ...names: string[]): readonly Element[] =>
  elements.filter(({ name }) => names.includes(name));

const sectionIds = (elements: readonly Element[]): string[] =>
  named(elements, 'section').map(({ attributes }) => attributes.id);

const EMPTY: ReportDocument = {
  ...{ ...EXAMPLE, inputs: [], window: null, totals: [], topOps: [], opClasses: [], bubbles: null, overlap: [] },
  ...{ ranks: null, criticalPath: [], findings: [], vendor: [], definitions: null },
  steps: { source: 'none', confidence: 0, items: [], cut: [], byPhase: {} },
  absent: SECTIONS.filter((section) => section !== 'quality').map((section) => ({ section, reason: 'no-device' })),
};

/** As many devices as a job has; one of them computes more than all others. */
const RANKS: ReportDocument = {
  ...EXAMPLE,
  totals: Array.from({ length: 64 }, (_, rank) => ({
    ...{ ...EXAMPLE.totals[0], rank, device: rank % 8, computeNs: rank === 17 ? 25_000_000 : 20_000_000 },
  })),
};

/** Every text in the document, replaced by one that would be markup, a script, or leave an attribute. */
const ATTACK = `"><script>alert(1)</script><img src=x onerror=alert(1)>' --></style></title>\u202e&lt;`;
function attacked<T>(value: T): T {
  const kept = new Set(['phase', 'cause', 'kind', 'section', 'reason', 'method', 'rule', 'source', 'schema', 'figure']);
  const change = (each: unknown, key: string): unknown => {
    if (typeof each === 'string') return kept.has(key) || key === 'originNs' ? each : `${each}${ATTACK}`;
    if (Array.isArray(each)) return each.map((one) => change(one, key));
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, one]) => [name, change(one, name)]));
  };
  return change(value, '') as T;
}

describe.each(LANGUAGES)('a page in %s', (language) => {
  const page = renderHtml(EXAMPLE, { language });
  const elements = elementsOf(page);

  it('says its language, and what it is about', () => {
    expect(named(elements, 'html')[0].attributes.lang).toBe(language === 'zh' ? 'zh-CN' : 'en');
    expect(named(elements, 'title')[0].text).toContain('run (2');
  });

  it('has every section, under a heading of its own that the list of sections leads to', () => {
    expect(sectionIds(elements)).toEqual([...SECTIONS]);
    const links = named(elements, 'a').map(({ attributes }) => attributes.href);
    expect(links).toEqual(SECTIONS.map((section) => `#${section}`));
    expect(named(elements, 'h1')).toHaveLength(1);
    expect(named(elements, 'h2')).toHaveLength(SECTIONS.length);
  });

  it('needs no other file, runs no script, and forbids both', () => {
    expect(named(elements, 'script', 'link', 'img', 'iframe', 'object', 'base', 'form')).toEqual([]);
    for (const { attributes } of elements) {
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).not.toMatch(/^on|^style$|^src/i);
        if (/href$/i.test(name)) expect(value).toMatch(/^#/);
      }
    }
    expect(named(elements, 'style')[0].text).not.toMatch(/@import|url\((?!#)|https?:/);
    const policy = named(elements, 'meta').find(({ attributes }) => attributes['http-equiv'] !== undefined);
    expect(policy?.attributes.content).toBe("default-src 'none'; style-src 'unsafe-inline'");
  });

  it('tells those who do not see it what tables and charts are about', () => {
    const tables = named(elements, 'table');
    expect(tables.length).toBeGreaterThan(10);
    for (const { children } of tables) {
      expect(named(children, 'caption', 'thead').length, children[0]?.text).toBeGreaterThan(0);
    }
    for (const { attributes } of named(elements, 'th')) expect(attributes.scope).toBe('col');
    for (const { attributes } of named(elements, 'svg')) {
      expect((attributes['aria-label'] ?? '') !== '' || attributes['aria-hidden'] === 'true').toBe(true);
    }
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of elements) {
      const label = attributes['aria-labelledby'];
      if (label !== undefined) expect(ids).toContain(label);
    }
  });

  it('says what was read, and by its hash', () => {
    expect(named(elements, 'footer')[0].text).toContain('ab'.repeat(32));
  });
});

describe('a page', () => {
  const chartsIn = (document: ReportDocument, section: string): readonly Element[] => {
    const elements = elementsOf(renderHtml(document, { language: 'en' }));
    const [found] = named(elements, 'section').filter(({ attributes }) => attributes.id === section);
    return named(all(found), 'svg').filter(({ attributes }) => attributes.role === 'img');
  };
  const bars = (chart: Element): readonly Element[] => named(all(chart), 'rect');

  it.each(['token', 'totals', 'topops', 'bubbles', 'steps'])('draws %s', (section) => {
    expect(chartsIn(EXAMPLE, section).flatMap(bars).length).toBeGreaterThan(1);
  });

  it('stacks bubbles of a length by what caused them', () => {
    const [chart] = chartsIn(EXAMPLE, 'bubbles');
    const drawn = bars(chart).filter(({ attributes }) => attributes.height !== '0');
    expect(drawn.map(({ attributes }) => attributes.class)).toEqual(['category-0', 'category-1']);
    expect(named(all(chart), 'title').map(({ text }) => text)[0]).toContain('host late: framework 12.0 ms');
  });

  it('draws ranks and steps as a map where there are several of both', () => {
    const { items } = EXAMPLE.steps;
    const both = [...items, ...items.map((item) => ({ ...item, rank: 1, device: 5 }))];
    const [map] = chartsIn({ ...EXAMPLE, steps: { ...EXAMPLE.steps, items: both } }, 'ranks');
    expect(bars(map)).toHaveLength(8);
  });

  it('draws many ranks side by side', () => {
    const [chart] = chartsIn(RANKS, 'totals');
    expect(bars(chart)).toHaveLength(3 * 64);
  });

  it('shows what a rule found as an article with all it has to say', () => {
    const finding = {
      ...{ rule: 'host-bound', stakeNs: 5_000_000, confidence: 0.75, at: null },
      window: { startNs: 2_000_400, endNs: 5_000_001 },
      evidence: {
        lateNs: 5_000_000,
        gapCount: 12,
        idleShare: 0.5,
        windowShare: 0.125,
        layer: 'launch',
        layerShare: 1,
        ops: [],
      },
    };
    const [article] = named(elementsOf(renderHtml({ ...EXAMPLE, findings: [finding] }, { language: 'en' })), 'article');
    const said = all(article).filter(({ name }) => ['h3', 'dt', 'code'].includes(name));
    expect(said.map(({ text }) => text)).toEqual([
      '1. Host bound: the device waits for launches 12.5 % of its time',
      ...['to confirm', 'to do', 'see it', '--range 2000us..5001us'],
    ]);
  });

  it('shows of long names both ends, and all of it where the pointer is', () => {
    const key = `kernel_${'very_'.repeat(40)}long`;
    const [op] = EXAMPLE.topOps;
    const page = renderHtml({ ...EXAMPLE, topOps: [{ ...op, key }] }, { language: 'en' });
    const [name] = elementsOf(page).filter(({ attributes }) => attributes.title === key);
    expect(name.text).toMatch(/^kernel_very_[a-z_]+…[a-z_]+_long$/);
  });

  it('lets no text of a trace become markup', () => {
    const page = renderHtml(attacked({ ...EXAMPLE, environment: EXAMPLE.environment }), { language: 'en' });
    const elements = elementsOf(page);
    expect(named(elements, 'script', 'img')).toEqual([]);
    expect(sectionIds(elements)).toEqual([...SECTIONS]);
    expect(page).not.toContain('\u202e');
    expect(page.split('&lt;script&gt;').length).toBeGreaterThan(30);
    expect(renderHtml(EXAMPLE, { language: 'en' })).not.toContain(HOSTILE);
  });

  it('of an empty run says so and is whole', () => {
    const elements = elementsOf(renderHtml(EMPTY, { language: 'en' }));
    expect(sectionIds(elements)).toEqual(['totals', 'quality']);
    expect(named(elements, 'main')[0].text).toContain('No device ran an op in what was read.');
  });
});
