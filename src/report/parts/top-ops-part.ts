import type { ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import type { Column, Part, PartOptions, Table, Term } from './part.ts';

export function topOpsPart({ topOps, opClasses }: ReportDocument, texts: ReportTexts, { limit }: PartOptions): Part {
  const isSplit = tellsCores(opClasses);
  const columns: Column[] = [
    { id: 'op', kind: 'name' },
    { id: 'class', kind: 'text', drop: 1 },
    { id: 'count', kind: 'count' },
    { id: 'total', kind: 'duration' },
    { id: 'ofBusy', kind: 'ratio' },
    { id: 'bar', kind: 'bar' },
    { id: 'perStep', kind: 'duration', drop: 3 },
    { id: 'self', kind: 'duration', drop: 5 },
    { id: 'mean', kind: 'duration', drop: 2 },
    { id: 'p50', kind: 'duration', drop: 4 },
    { id: 'p95', kind: 'duration', drop: 3 },
    { id: 'max', kind: 'duration' },
  ];
  const rows = topOps.map((op) => [
    ...[
      op.key,
      op.class === null || (op.class === UNSPLIT && !isSplit) ? null : classTerm(op.class, texts, isSplit),
      op.count,
      op.totalNs,
      op.shareOfBusy,
      op.shareOfBusy,
      op.perStepNs,
    ],
    ...[op.selfNs, op.meanNs, op.p50Ns, op.p95Ns, op.maxNs],
  ]);
  const main: Table = { columns, rows, shown: limit };
  const classes: Table = {
    columns: [
      { id: 'class', kind: 'text' },
      { id: 'count', kind: 'count' },
      { id: 'total', kind: 'duration' },
      { id: 'share', kind: 'ratio' },
      { id: 'bar', kind: 'bar' },
    ],
    rows: opClasses.map(({ class: name, count, totalNs, share }) => [
      ...[classTerm(name, texts, isSplit), count, totalNs, ...twice(share)],
    ]),
    shown: opClasses.length,
  };
  const blocks = [{ table: main }, ...(opClasses.length > 1 ? [{ table: classes }] : [])];
  return { section: 'topops', title: texts.words.sections.topops, blocks, main };
}

const UNSPLIT = 'unsplit';
const CORES = ['cube', 'vector', 'mixed', 'ai-cpu'];

/** Whether the run tells which part of a core its ops ran on, at least of some. GPUs know no such parts. */
export function tellsCores(classes: ReportDocument['opClasses']): boolean {
  return classes.some(({ class: name }) => CORES.includes(name));
}

/**
 * A class in our own words; of documents of later versions, its id. Where nothing tells parts of a core apart (`isSplit` is
 * false), what was not told of is all computing there is.
 */
export function classTerm(id: string, { words }: ReportTexts, isSplit: boolean): Term {
  const known: Readonly<Partial<Record<string, string>>> = words.opClasses;
  return { id, word: id === UNSPLIT && !isSplit ? words.time.compute : (known[id] ?? id) };
}

/** As a figure and as a bar; copies run beside the busy time and have no share in it. */
function twice(share: number): readonly (number | null)[] {
  return share === 0 ? [null, null] : [share, share];
}
