// The stacks of hosts in the forms that only they have.
import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../src/report/index.ts';
import { unstyled } from '../../../src/report/text/style.ts';
import { spark } from '../../../src/report/text/spark.ts';
import type { ReportDocument } from '../../../src/report/index.ts';
import { EXAMPLE } from '../../support/example-report.ts';

const render = (format: Parameters<typeof renderReport>[1], document: ReportDocument = EXAMPLE): string =>
  renderReport(document, format, { language: 'en', section: 'flame' });

describe('collapsed stacks', () => {
  it('are lines of frames with the time of the last one alone', () => {
    const lines = render('collapsed').trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('ProfilerStep 1000000');
    expect(lines[2]).toBe('ProfilerStep;aten::tiny 10000');
  });

  it('are of the devices where that is what stacks are ordered by, and hold no line or frame that a name made up', () => {
    const [frame] = EXAMPLE.flame?.frames ?? [];
    const own = { ...frame, name: 'a;b\nc 5', deviceSelfNs: 7 };
    const flame = EXAMPLE.flame && { ...EXAMPLE.flame, measure: 'device' as const, frames: [own] };
    expect(render('collapsed', { ...EXAMPLE, flame })).toBe('a,b\\u{a}c 5 7\n');
  });

  it('are nothing where stacks were not asked for', () => {
    expect(render('collapsed', { ...EXAMPLE, flame: null })).toBe('');
  });
});

describe('a tree of stacks', () => {
  it('leaves small frames to machines and says so', () => {
    const text = unstyled(render('text'));
    expect(text).toMatch(/\n {2}ProfilerStep +10\.0 ms +100\.0 %/);
    expect(text).not.toContain('aten::tiny');
    expect(text).toContain('1 frame below 0.5 %');
    expect(render('csv')).toContain('\n2,0,aten::tiny,1,10000,10000,0,0,0\n');
  });

  it('is drawn as wide as the time of frames, with a title each', () => {
    const html = render('html');
    expect(html).toContain('host time: 10.0 ms');
    expect(html).toContain('device time: 10.0 ms');
    expect(html).toMatch(/<title>ProfilerStep · 100\.0 % · host time 10\.0 ms/);
    expect(html).toMatch(/x="0"\s+y="17"\s+width="827\.1"/);
  });
});

describe('values over time', () => {
  it('are letters from nothing to the highest', () => {
    expect(spark([0, 1, 4, 8])).toBe('\u00a0▂▅█');
    expect(spark([0, 0])).toBe('\u00a0\u00a0');
  });
});
