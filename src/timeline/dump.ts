import { type ArgsColumns, NONE, type Timeline, type TrackId } from './model.ts';
import type { Table, TableColumn } from './table.ts';

export interface DumpOptions {
  /** Print at most so many rows of each track; what is left out is counted. */
  readonly rowsPerTrack: number;
}

/** A timeline as text that people can review and tests can compare. Times are ns from the origin; tables have their own. */
export async function dumpTimeline(
  timeline: Timeline,
  options: DumpOptions = { rowsPerTrack: Number.POSITIVE_INFINITY },
): Promise<string> {
  const lines = [`origin ${timeline.originNs} ns, span ${timeline.endNs} ns`];
  for (const [key, json] of timeline.metadata) lines.push(`metadata ${key} ${json}`);
  for (let track = 0; track < timeline.tracks.length; track++) {
    if (track === 0 || timeline.tracks[track - 1].process !== timeline.tracks[track].process) {
      lines.push(processLine(timeline, timeline.tracks[track].process));
    }
    lines.push(...(await trackLines(timeline, track, options.rowsPerTrack)));
  }
  lines.push(...flowLines(timeline, options.rowsPerTrack));
  for (const table of timeline.tables) lines.push(...tableLines(table, options.rowsPerTrack));
  return `${lines.join('\n')}\n`;
}

function processLine(timeline: Timeline, id: number): string {
  const { name, key, label, side, osPid, rank, device } = timeline.processes[id];
  const facts = [`key ${key}`, label && `label ${label}`, side, osPid !== undefined && `pid ${osPid}`];
  if (rank !== NONE) facts.push(`rank ${rank}`);
  if (device !== NONE) facts.push(`device ${device}`);
  return `process ${JSON.stringify(name)} (${facts.filter(Boolean).join(', ')})`;
}

async function trackLines(timeline: Timeline, id: TrackId, most: number): Promise<string[]> {
  const { tracks, sliceRange, slices, strings, counters, counterRange, instants } = timeline;
  const { kind, name, key, series, unit, laneCount } = tracks[id];
  const title = `  ${kind} ${JSON.stringify(name)}${series && ` series ${JSON.stringify(series)}`}${unit && ` in ${unit}`}`;
  const lines = [`${title}${key && ` (key ${key})`}${laneCount > 1 ? `, ${laneCount} lanes` : ''}`];
  const sliceRows = rows(sliceRange[id], sliceRange[id + 1]);
  const sliceArgs = await argsTexts(timeline, slices, sliceRows.slice(0, most));
  lines.push(
    ...limited(sliceRows, most, (i, n) => {
      const category = slices.category[i] === NONE ? '' : ` [${strings.get(slices.category[i])}]`;
      const place = `${slices.lane[i] > 0 ? `/${slices.lane[i]}` : ''}${' >'.repeat(slices.depth[i])}`;
      const typed = [...slices.typed].flatMap(([key, column]) => {
        const value = column.at(i);
        if (column.kind === 'text') return value === NONE ? [] : [`${key}=${strings.get(value)}`];
        return Number.isNaN(value) ? [] : [`${key}=${value}`];
      });
      const text = `    ${slices.startNs[i]} +${slices.durNs[i]}${place} ${JSON.stringify(strings.get(slices.name[i]))}${category}`;
      return [text, typed.join(' '), sliceArgs[n]].filter(Boolean).join(' ');
    }),
  );
  const instantRows = rows(0, instants.length).filter((i) => instants.track[i] === id);
  const instantArgs = await argsTexts(timeline, instants, instantRows.slice(0, most));
  lines.push(
    ...limited(instantRows, most, (i, n) =>
      `    ${instants.timeNs[i]} ! ${JSON.stringify(strings.get(instants.name[i]))} ${instantArgs[n]}`.trimEnd(),
    ),
  );
  lines.push(
    ...limited(
      rows(counterRange[id], counterRange[id + 1]),
      most,
      (i) => `    ${counters.timeNs[i]} = ${counters.value[i]}`,
    ),
  );
  return lines;
}

function flowLines(timeline: Timeline, most: number): string[] {
  const { flows, strings, slices } = timeline;
  const end = (track: number, timeNs: number, slice: number): string => {
    if (track === NONE) return 'nowhere';
    return `${timeNs} track ${track}${slice === NONE ? ' (no slice)' : ` ${JSON.stringify(strings.get(slices.name[slice]))}`}`;
  };
  return limited(rows(0, flows.length), most, (i) => {
    const category = flows.category[i] === NONE ? '' : ` [${strings.get(flows.category[i])}]`;
    const from = end(flows.fromTrack[i], flows.fromNs[i], flows.fromSlice[i]);
    const to = end(flows.toTrack[i], flows.toNs[i], flows.toSlice[i]);
    return `flow ${JSON.stringify(strings.get(flows.name[i]))}${category} ${from} -> ${to}`;
  });
}

function tableLines({ kind, path, originNs, rowCount, columns, strings }: Table, most: number): string[] {
  const cell = (column: TableColumn, row: number): string => {
    const value = column.values[row];
    if (column.kind === 'text') return value === NONE ? '' : JSON.stringify(strings.get(value));
    return Number.isNaN(value) ? '' : String(value);
  };
  const origin = columns.some((column) => column.kind === 'time') ? `, times from ${originNs} ns` : '';
  return [
    `table ${kind} ${JSON.stringify(path)}, ${rowCount} rows${origin}`,
    `    ${columns.map((column) => `${column.name}:${column.kind}`).join(' | ')}`,
    ...limited(rows(0, rowCount), most, (row) => `    ${columns.map((each) => cell(each, row)).join(' | ')}`.trimEnd()),
  ];
}

async function argsTexts(timeline: Timeline, columns: ArgsColumns, ids: readonly number[]): Promise<string[]> {
  const { bytes, from } = await timeline.args.block(columns, ids);
  return ids.map((_, n) => new TextDecoder().decode(bytes.subarray(from[n], from[n + 1])));
}

function rows(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function limited(ids: readonly number[], most: number, line: (id: number, position: number) => string): string[] {
  const lines = ids.slice(0, most).map(line);
  if (ids.length > most) lines.push(`    ... and ${ids.length - most} more`);
  return lines;
}
