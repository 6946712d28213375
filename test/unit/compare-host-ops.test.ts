// Operators and calls of the host in two runs: counted by step, told apart by how often they occur.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { compareHostOps, hostOpTotals, type HostOpsOfRun } from '../../src/analysis/index.ts';
import {
  renderHostOpsHtml,
  renderHostOpsJson,
  renderHostOpsMarkdown,
  renderHostOpsText,
} from '../../src/report/host-ops/index.ts';
import { deviceSlice, hostSlice, kinetoText } from '../support/kineto-events.ts';
import { projectRoot } from '../support/project.ts';
import { readRun } from '../support/runs.ts';

const TOOL = { name: 'traceconv', version: '0' };

async function runOf(name: string, events: readonly object[]): Promise<HostOpsOfRun> {
  const bytes = new TextEncoder().encode(kinetoText(events));
  return { name, ...hostOpTotals(await readRun('torch-kineto', [{ path: 'rank0.json', bytes }])) };
}

const step = (number: number, at: number): object =>
  hostSlice('user_annotation', `ProfilerStep#${number}`, [at, at + 90]);
const ops = (at: number, ...names: readonly string[]): object[] =>
  names.map((name, i) => hostSlice('cpu_op', name, [at + 10 * i, at + 10 * i + 5]));

describe('operators of the host', () => {
  it('are compared by their count per step, and those outside of steps are left out', async () => {
    const base = await runOf('old', [
      ...[step(1, 0), step(2, 100), step(3, 200)],
      ...ops(0, 'aten::mm', 'aten::old'),
      ...ops(100, 'aten::mm', 'aten::old'),
      ...ops(200, 'aten::mm', 'aten::old'),
      ...ops(400, 'aten::mm', 'aten::after'),
      deviceSlice('kernel', 'gemm', 7, [20, 30]),
    ]);
    const head = await runOf('new', [
      ...[step(1, 0), step(2, 100)],
      ...ops(0, 'aten::mm', 'aten::mm', 'aten::new'),
      ...ops(100, 'aten::mm', 'aten::mm'),
      hostSlice('python_function', 'train.py(1): step', [0, 90]),
      { ...hostSlice('Trace', 'PyTorch Profiler (0)', [0, 200]), pid: 'Spans', tid: 'PyTorch Profiler' },
    ]);
    const compared = compareHostOps([base], [head], TOOL);
    expect(compared.per).toBe('step');
    const rows = compared.ops.map((row) => [row.name, row.change, row.base.count, row.head.count, row.head.totalNs]);
    expect(rows).toEqual([
      ['aten::mm', 'more', 1, 2, 10_000],
      ['aten::old', 'gone', 1, 0, 0],
      ['aten::new', 'new', 0, 0.5, 2500],
    ]);
    expect(compared.counts).toEqual({ new: 1, gone: 1, more: 1, fewer: 0, same: 0 });
    const isValid = new Ajv({ strict: false }).compile(
      JSON.parse(readFileSync(join(projectRoot, 'docs', 'schemas', 'host-ops-1.schema.json'), 'utf8')),
    );
    expect(isValid(JSON.parse(renderHostOpsJson(compared))), JSON.stringify(isValid.errors)).toBe(true);
  });

  it('are compared by whole runs where one of them marks no steps', async () => {
    const marked = await runOf('marked', [step(1, 0), step(2, 100), ...ops(0, 'aten::mm'), ...ops(300, 'aten::mm')]);
    const plain = await runOf('plain', ops(0, 'aten::mm', 'aten::mm', 'aten::mm'));
    const compared = compareHostOps([marked], [plain], TOOL);
    expect(compared.per).toBe('run');
    expect(compared.ops).toMatchObject([{ change: 'more', base: { count: 2 }, head: { count: 3 } }]);
  });

  it('are the mean of the runs of a side', async () => {
    const one = await runOf('one', ops(0, 'aten::mm'));
    const two = await runOf('two', ops(0, 'aten::mm', 'aten::mm', 'aten::mm'));
    const [row] = compareHostOps([one, two], [two], TOOL).ops;
    expect(row).toMatchObject({ base: { count: 2, totalNs: 10_000 }, head: { count: 3, totalNs: 15_000 } });
  });
});

describe('what is said of them', () => {
  it('is short where people read all of it, and lets no name through as it is', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `aten::op${at}`);
    const base = await runOf('old', ops(0, ...names));
    const head = await runOf('new', ops(0, ...names, '<img src=x>\u001b[31m|'));
    const compared = compareHostOps([base], [head], TOOL);
    const text = renderHostOpsText(compared, 'en');
    expect(text.join('\n')).toContain('11 more are left out here');
    expect(text.find((line) => line.includes('<img src=x>'))).not.toContain('\u001b');
    expect(renderHostOpsMarkdown(compared, 'zh')).not.toContain('<img');
    const html = renderHostOpsHtml(compared, 'en');
    expect(html).not.toContain('<img');
    expect(html).toContain('aten::op39');
  });

  it('is that there are none where neither side has any', async () => {
    const none = await runOf('none', [deviceSlice('kernel', 'gemm', 7, [20, 30])]);
    expect(renderHostOpsText(compareHostOps([none], [none], TOOL), 'en').join('\n')).toContain('Neither side has');
  });
});
