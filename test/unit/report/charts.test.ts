import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { heatMap } from '../../../src/report/html/charts/heat-map.ts';
import { lengthBar, shareBar } from '../../../src/report/html/charts/share-bar.ts';
import { stackedBars } from '../../../src/report/html/charts/stacked-bars.ts';
import { html, type Markup } from '../../../src/report/html/markup.ts';

interface Rect {
  readonly '@_class': string;
  readonly '@_x': string;
  readonly '@_y': string;
  readonly '@_width': string;
  readonly '@_height': string;
}

/** Rectangles of a drawing as a parser of XML that is not ours sees them. */
function rectsOf(markup: Markup): Rect[] {
  const text = `<all>${markup.text}</all>`;
  expect(XMLValidator.validate(text)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => name === 'rect',
    alwaysCreateTextNode: true,
  });
  const found: Rect[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    else if (typeof node === 'object' && node !== null) {
      for (const [key, value] of Object.entries(node)) {
        if (key === 'rect') found.push(...(value as Rect[]));
        visit(value);
      }
    }
  };
  visit(parser.parse(text));
  return found;
}

const texts = { label: 'steps', xTitle: 'step', formatValue: (ns: number) => `${ns} ns` };
const part = (className: string, value: number): { className: string; label: string; value: number } => ({
  className,
  label: className,
  value,
});

describe('markup', () => {
  it('is what was written, and never what was put in', () => {
    const name = `<script>alert("1")</script>&'`;
    expect(html`<b title="${name}">${[name, undefined, 3, html`<i>${'x'}</i>`]}</b>`.text).toBe(
      '<b title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;">' +
        '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;3<i>x</i></b>',
    );
  });

  it('shows marks that hide or turn the writing direction', () => {
    expect(html`${'a\u202eb\u0000'}`.text).toBe(String.raw`a\u{202e}b\u{0}`);
  });
});

describe('stacked bars', () => {
  const bars = [
    { label: '0', tooltip: 'step 0', parts: [part('compute', 60), part('idle', 40)] },
    { label: '1', tooltip: '</title><script>', parts: [part('compute', 30), part('idle', 20)] },
  ];
  const rects = rectsOf(stackedBars(bars, texts)).slice(2); // the first two are the legend's

  it('are as high as their values, one part on the other', () => {
    const heights = rects.map((rect) => Number(rect['@_height']));
    expect(rects.map((rect) => rect['@_class'])).toEqual(['compute', 'idle', 'compute', 'idle']);
    expect(heights[0] / heights[2]).toBeCloseTo(2, 1);
    expect(heights[0] / heights[1]).toBeCloseTo(1.5, 1);
    expect(Number(rects[1]['@_y']) + heights[1]).toBeCloseTo(Number(rects[0]['@_y']), 1);
  });

  it('draw nothing where there is nothing', () => {
    expect(rectsOf(stackedBars([], texts))).toEqual([]);
  });
});

describe('a bar of shares', () => {
  it('is as wide as the whole', () => {
    const rects = rectsOf(shareBar([part('compute', 25), part('idle', 75)], 'share', ({ label }) => label));
    expect(rects.map((rect) => [rect['@_x'], rect['@_width']])).toEqual([
      ['0', '160'],
      ['160', '480'],
    ]);
  });

  it('or of a length is as long as its share of the longest', () => {
    expect(rectsOf(lengthBar(3, 12, 'compute'))[0]['@_width']).toBe('25');
  });
});

describe('a heat map', () => {
  it('is darkest where the value is greatest and says where nothing is known', () => {
    const cell = (value: number): { value: number; tooltip: string } => ({ value, tooltip: `${value}` });
    const drawn = heatMap({
      label: 'ranks',
      columnLabels: ['0', '1'],
      rows: [
        { label: 'rank 0', cells: [cell(1), cell(3)] },
        { label: 'rank 1', cells: [cell(2), cell(Number.NaN)] },
      ],
    });
    const opacities = rectsOf(drawn).map((rect) => (rect as unknown as Record<string, string>)['@_fill-opacity']);
    expect(opacities).toEqual(['0.08', '1', '0.54', '1']);
    expect(rectsOf(drawn)[3]['@_class']).toBe('heat-none');
  });
});
