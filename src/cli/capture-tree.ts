import { placeLabel } from '../base/index.ts';
import { reportSentences } from '../locale/report-sentences.ts';
import type { OpenedFile, OpenedRun } from '../session/index.ts';
import { commonDeviceWord, fileName, NONE, type Shard, type Table } from '../timeline/index.ts';
import { formatBytes, formatCounted } from '../report/format.ts';
import { formatTable } from '../report/text/table.ts';
import { styled, visible } from '../report/text/style.ts';

/** What was understood of the inputs: each capture with the files taken from it, and what was left out and why. */
export function describeCaptures(opened: OpenedRun, verbose: boolean): string[] {
  const taken = opened.files.filter(({ role }) => role !== 'skipped');
  const filesOf = byCapture(taken);
  const shardsOf = byCapture(opened.run.shards);
  return [
    ...[...filesOf].flatMap(([home, files]) => describeCapture(home, files, shardsOf.get(home) ?? [])),
    ...describeSkipped(
      opened.files.filter(({ role }) => role === 'skipped'),
      verbose,
    ),
  ];
}

function byCapture<T extends { readonly capture?: string | undefined }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.capture ?? '');
    if (group === undefined) groups.set(item.capture ?? '', [item]);
    else group.push(item);
  }
  return groups;
}

function describeCapture(home: string, files: readonly OpenedFile[], shards: readonly Shard[]): string[] {
  const folder = shownHome(
    home,
    files.map(({ path }) => path),
  );
  const tables = shards.flatMap(({ timeline }) => timeline.tables);
  const rows = files.map((file) => [
    file.role === 'copy' ? 'left out' : (file.part ?? ''),
    visible(file.path.slice(folder.length)),
    formatBytes(file.sizeBytes),
    visible(aboutFile(file, tables)),
  ]);
  const title = [visible(folder.replace(/[\\/]$/, '')), placeOf(shards, files)].filter((word) => word !== '');
  return [
    styled(title.join('  ') || '.', 'bold'),
    ...formatTable(['', '', '', ''], rows)
      .slice(1)
      .map((line) => `  ${line}`),
  ];
}

/** "rank 3 · NPU 5 · node-7 · CANN 8.3.RC1" */
function placeOf(shards: readonly Shard[], [file]: readonly OpenedFile[]): string {
  const devices = shards.flatMap(({ timeline }) => timeline.processes.map(({ device }) => device));
  const known = [...new Set(devices)].filter((device) => device !== NONE).sort((a, b) => a - b);
  const { en } = reportSentences;
  const words = [
    file.rank === undefined || file.rank === NONE ? undefined : en.rank(String(file.rank)),
    known.length === 0 ? undefined : en.device(known.join(', '), commonDeviceWord(shards)),
    file.hostName,
    file.toolVersion,
  ];
  return visible(placeLabel(words));
}

function aboutFile(file: OpenedFile, tables: readonly Table[]): string {
  const { role, readerId = '', why, joined, path } = file;
  if (role === 'copy') return why;
  const own = tables.filter((table) => table.path === path);
  if (own.length > 0) return own.map(({ kind, rowCount }) => `${kind}: ${formatCounted(rowCount, 'row')}`).join(', ');
  if (joined === undefined) return `${readerId}: ${why}`;
  const { matchedCount, rowCount } = joined;
  const share = rowCount === 0 ? 100 : (matchedCount / rowCount) * 100;
  return `${readerId}: ${matchedCount} of ${formatCounted(rowCount, 'row')} joined (${share.toFixed(1)} %)`;
}

function describeSkipped(files: readonly OpenedFile[], verbose: boolean): string[] {
  if (files.length === 0) return [];
  if (!verbose) return [styled(`${formatCounted(files.length, 'other file')} no trace (--verbose lists them)`, 'dim')];
  return files.map(({ path, why }) => styled(`${visible(path)}: no trace, ${visible(why)}`, 'dim'));
}

/** The capture's folder as the user knows it, with its last slash; of loose files the folder they share, or nothing. */
function shownHome(home: string, paths: readonly string[]): string {
  const name = fileName(home);
  const [path = ''] = paths;
  const parts = path.split(/(?<=[\\/])/);
  const at = parts.findLastIndex((part) => part.replace(/[\\/]$/, '') === name);
  const shown = parts.slice(0, at >= 0 && at < parts.length - 1 ? at + 1 : parts.length - 1).join('');
  return paths.every((each) => each.startsWith(shown)) ? shown : '';
}
