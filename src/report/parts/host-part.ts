import { type LauncherKind, LAUNCHERS } from '../../analysis/index.ts';
import type { DeviceName, ReportDocument } from '../document/report-document.ts';
import type { ReportHost } from '../document/host-document.ts';
import { formatCount } from '../format.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceValue, deviceValueIn } from './device-label.ts';
import type { Block, Column, Part, PartOptions, Table, Value } from './part.ts';

type NameOfDevice = (name: DeviceName) => Value;

/** How long launches take, how far ahead the host is, what copies move, and what launches what. */
export function hostPart(document: ReportDocument, texts: ReportTexts, options: PartOptions): Part {
  const { host } = document;
  const { sentences, words } = texts;
  const title = words.sections.host;
  if (host === null) return { section: 'host', title, blocks: [], main: undefined };
  const nameOf = deviceValueIn(document, texts);
  const under = (sentence: string, table: Table): Block[] =>
    table.rows.length === 0 ? [] : [{ sentence: [sentence] }, { table }];
  const unknown = host.queues.reduce((sum, { unknownCount }) => sum + (unknownCount ?? 0), 0);
  const blocks = [
    ...under(sentences.launchDelays, delays(host, nameOf, texts, options)),
    ...under(sentences.queues, queues(host, nameOf, texts, options)),
    ...(unknown === 0 ? [] : [{ sentence: [sentences.unknownLaunches(formatCount(unknown))], isQuiet: true }]),
    ...under(sentences.copies, copies(host, nameOf, options)),
    ...under(sentences.annotations, annotations(host, nameOf, texts, options)),
    ...LAUNCHERS.flatMap((by) => under(sentences.launchedBy(words.launchers[by]), launchers(host, by, options))),
  ];
  const main = delays(host, (name) => deviceValue(name, texts), texts, options);
  if (blocks.length === 0) blocks.push({ sentence: [sentences.noLaunches], isQuiet: true });
  return { section: 'host', title, blocks, main };
}

/** The only stream of a device says what the device as a whole does. */
function severalStreams<Row extends DeviceName & { readonly stream: string | null }>(rows: readonly Row[]): Row[] {
  const streams = new Map<string, number>();
  const keyOf = ({ rank, device, capture }: Row): string => JSON.stringify([rank, device, capture]);
  for (const row of rows) if (row.stream !== null) streams.set(keyOf(row), (streams.get(keyOf(row)) ?? 0) + 1);
  return rows.filter((row) => row.stream === null || (streams.get(keyOf(row)) ?? 0) > 1);
}

function delays({ launchDelays }: ReportHost, nameOf: NameOfDevice, texts: ReportTexts, { limit }: PartOptions): Table {
  const all = { id: 'all', word: texts.words.allStreams };
  const columns: Column[] = [
    { id: 'device', kind: 'name' },
    { id: 'stream', kind: 'name' },
    { id: 'op', kind: 'name' },
    { id: 'count', kind: 'count' },
    { id: 'p50', kind: 'duration' },
    { id: 'p95', kind: 'duration' },
    { id: 'max', kind: 'duration' },
    { id: 'total', kind: 'duration', drop: 2 },
    { id: 'clamped', kind: 'count', drop: 1 },
  ];
  const rows = severalStreams(launchDelays).map((each) => [
    ...[nameOf(each), each.stream, each.op ?? all, each.count, each.p50Ns, each.p95Ns, each.maxNs],
    ...[each.totalNs, each.clampedCount],
  ]);
  return { columns, rows, shown: 2 * limit };
}

function queues({ queues: all }: ReportHost, nameOf: NameOfDevice, texts: ReportTexts, { limit }: PartOptions): Table {
  const columns: Column[] = [
    { id: 'device', kind: 'name' },
    { id: 'stream', kind: 'name' },
    { id: 'launches', kind: 'count' },
    { id: 'mean', kind: 'decimal' },
    { id: 'max', kind: 'count' },
    { id: 'empty', kind: 'duration' },
    { id: 'emptyIdle', kind: 'duration' },
    { id: 'series', kind: 'spark', drop: 1 },
  ];
  const rows = severalStreams(all).map((each) => [
    ...[nameOf(each), each.stream ?? { id: 'all', word: texts.words.allStreams }, each.launchCount, each.mean],
    ...[each.most, each.emptyNs, each.emptyIdleNs, each.series],
  ]);
  return { columns, rows, shown: limit };
}

function copies({ copies: all }: ReportHost, nameOf: NameOfDevice, { limit }: PartOptions): Table {
  const columns: Column[] = [
    { id: 'device', kind: 'name' },
    { id: 'copies', kind: 'name' },
    { id: 'count', kind: 'count' },
    { id: 'size', kind: 'bytes' },
    { id: 'busyTime', kind: 'duration' },
    { id: 'mean', kind: 'rate' },
    { id: 'max', kind: 'rate' },
    { id: 'series', kind: 'spark', drop: 1 },
  ];
  const rows = all.map((each) => [
    ...[nameOf(each), each.kind, each.count, each.sizeBytes, each.busyNs, each.bytesPerSecond],
    ...[each.mostBytesPerSecond, each.ratedCount === 0 ? null : each.series],
  ]);
  return { columns, rows, shown: limit };
}

function annotations(
  { annotations: all }: ReportHost,
  nameOf: NameOfDevice,
  { words }: ReportTexts,
  { limit }: PartOptions,
): Table {
  const columns: Column[] = [
    { id: 'device', kind: 'name' },
    { id: 'annotation', kind: 'name' },
    { id: 'side', kind: 'text' },
    { id: 'count', kind: 'count' },
    { id: 'total', kind: 'duration' },
    { id: 'kernels', kind: 'count' },
    { id: 'deviceTime', kind: 'duration' },
    { id: 'share', kind: 'ratio' },
    { id: 'idle', kind: 'duration', drop: 1 },
  ];
  const rows = all.map((each) => [
    ...[nameOf(each), each.name, { id: each.side, word: words.sides[each.side] }, each.count, each.totalNs],
    ...[each.kernelCount, each.deviceNs, each.share, each.idleNs],
  ]);
  return { columns, rows, shown: limit };
}

function launchers({ launchedBy }: ReportHost, by: LauncherKind, { fewer }: PartOptions): Table {
  const columns: Column[] = [
    { id: 'launcher', kind: 'name' },
    { id: 'kernels', kind: 'count' },
    { id: 'deviceTime', kind: 'duration' },
    { id: 'share', kind: 'ratio' },
    { id: 'bar', kind: 'bar' },
  ];
  const rows = launchedBy
    .filter((each) => each.by === by)
    .map(({ name, count, deviceNs, share }) => [name ?? '–', count, deviceNs, share, share]);
  return { columns, rows, shown: fewer };
}
