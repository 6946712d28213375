import { deviceLabel } from '../base/index.ts';
import type { VendorFigure } from '../analysis/index.ts';
import { commonDeviceWord, fileName, type Run } from '../timeline/index.ts';
import { reportSentences } from '../locale/report-sentences.ts';
import { formatCount, formatCounted } from '../report/format.ts';
import { deviceNaming } from '../report/document/values.ts';
import { formatTable } from '../report/text/table.ts';
import { styled, visible } from '../report/text/style.ts';

/** The figures of the profiler's own tools beside ours; those of single ops are summed up, as there may be hundreds. */
export function describeVendorFigures(figures: readonly VendorFigure[], run: Run): string[] {
  const nameOf = deviceNaming(run);
  const { rank, device } = reportSentences.en;
  const word = commonDeviceWord(run.shards);
  const words = { rank, device: (number: string) => device(number, word) };
  const times = figures.filter(({ opType }) => opType === '');
  const ops = figures.filter(({ opType }) => opType !== '');
  if (times.length === 0 && ops.length === 0) return [];
  const rows = times.map((figure) => [
    visible(deviceLabel(nameOf(figure), words)),
    visible(figure.step),
    figure.figure,
    inMicros(figure.vendorNs),
    inMicros(figure.oursNs),
    inMicros(figure.differenceNs),
    figure.window ?? '',
    visible(fileName(figure.source)),
  ]);
  const header = ['device', 'step', 'figure', "profiler's µs", 'ours', 'difference', 'window', 'from'];
  const [titles, ...body] = formatTable(header, rows);
  return [...(rows.length === 0 ? [] : [styled(titles, 'bold'), ...body]), ...describeOps(ops)];
}

function describeOps(figures: readonly VendorFigure[]): string[] {
  return [...new Set(figures.map(({ source }) => source))].map((source) => {
    const own = figures.filter((figure) => figure.source === source);
    const equal = own.filter(({ differenceNs, roundingNs }) => Math.abs(differenceNs ?? Number.NaN) <= roundingNs);
    const compared = own.filter(({ differenceNs }) => differenceNs !== undefined);
    const rest = own.length - compared.length;
    const unknown = rest === 0 ? '' : `, ${formatCount(rest)} without ops to compare with`;
    return visible(
      `${fileName(source)}: ${formatCount(equal.length)} of ${formatCounted(compared.length, 'figure')} by type of op are ours${unknown}`,
    );
  });
}

function inMicros(ns: number | undefined): string {
  if (ns === undefined) return '';
  const text = (ns / 1000).toFixed(3);
  return Number(text) === 0 ? '0' : text.replace(/\B(?=(\d{3})+\.)/g, ',');
}
