/** Counters of memory over all of the run, and what owned most of it. */
import { formatBytes, formatCount, formatShortDuration } from '../../src/report/format.ts';
import type { AnswerTo } from '../../src/session/requests/protocol.ts';
import { type Child, element } from '../widgets/element.ts';
import { type AreaChart, areaChart } from '../widgets/area-chart.ts';
import { TableView } from '../widgets/table.ts';
import type { Panel, PanelContext } from './panel.ts';
import { type PanelTexts, textsIn, titled } from './panel-texts.ts';
import { Region } from './region.ts';

const COLUMNS = 600;
/** The rest are on the timeline. */
const CHARTS_AT_MOST = 24;

interface MemoryAnswer {
  readonly memory: AnswerTo<'memory'>['json'];
  readonly counters: AnswerTo<'counters'>['columns'] | undefined;
}

export const memoryPanel: Panel = {
  id: 'memory',
  create(root, context) {
    const texts = textsIn(context.language);
    const region = new Region(context.language);
    root.append(region.element);
    let charts: readonly AreaChart[] = [];
    const place = ({ startNs, endNs }: { startNs: number; endNs: number }): void => {
      for (const chart of charts) chart.setWindow(startNs, endNs);
    };
    region.show(
      (signal) => askMemory(context, signal),
      (answer) => {
        charts = chartsOf(answer, context);
        place(context.store.state);
        return drawMemory(answer, charts, texts, context);
      },
    );
    return { update: place, destroy: () => region.destroy() };
  },
};

async function askMemory({ api, run, info }: PanelContext, signal: AbortSignal): Promise<MemoryAnswer> {
  const { json: memory } = await api.ask(run, 'memory', {}, signal);
  const tracks = memory.tracks.slice(0, CHARTS_AT_MOST);
  if (tracks.length === 0) return { memory, counters: undefined };
  const window = { startNs: 0, endNs: Math.max(1, info.endNs), columnCount: COLUMNS, tracks };
  return { memory, counters: (await api.ask(run, 'counters', window, signal)).columns };
}

/** Counters of one unit are drawn to one scale, so that their heights can be compared. */
function chartsOf({ memory, counters }: MemoryAnswer, { info, goTo }: PanelContext): AreaChart[] {
  if (counters === undefined) return [];
  const { least, most, range } = counters;
  const tracks = memory.tracks.slice(0, CHARTS_AT_MOST);
  const highestOf = new Map<string, number>();
  tracks.forEach((track, at) => {
    const { unit } = info.tracks[track];
    highestOf.set(unit, Math.max(highestOf.get(unit) ?? 0, range[2 * at + 1] || 0));
  });
  return tracks.map((track, at) => {
    const { unit } = info.tracks[track];
    return areaChart({
      label: counterTitle(info, track),
      least: least.subarray(at * COLUMNS, (at + 1) * COLUMNS),
      most: most.subarray(at * COLUMNS, (at + 1) * COLUMNS),
      highest: highestOf.get(unit) ?? 0,
      startNs: 0,
      endNs: Math.max(1, info.endNs),
      formatValue: (value) => formatAmount(value, unit),
      formatTime: formatShortDuration,
      onOpen: goTo,
    });
  });
}

function drawMemory(
  { memory, counters }: MemoryAnswer,
  charts: readonly AreaChart[],
  texts: PanelTexts,
  context: PanelContext,
): Child[] {
  const { words } = texts;
  const { info } = context;
  if (memory.tracks.length === 0 && memory.owners === null) return [element('p', 'quiet', words.noMemory)];
  const figures = charts.map((chart, at) => {
    const track = memory.tracks[at];
    const peak = counters?.range[2 * at + 1] ?? Number.NaN;
    const told = Number.isNaN(peak) ? '' : words.peak(formatAmount(peak, info.tracks[track].unit));
    const caption = element('figcaption', '', counterTitle(info, track), element('span', 'quiet', told));
    return element('figure', '', caption, chart.element);
  });
  const rest = memory.tracks.length - charts.length;
  const more = rest > 0 ? [element('p', 'quiet', words.moreCounters(formatCount(rest)))] : [];
  return [...figures, ...more, ...owners(memory.owners, texts, context)];
}

function owners(
  table: MemoryAnswer['memory']['owners'],
  texts: PanelTexts,
  { language, announce }: PanelContext,
): HTMLElement[] {
  const caption = texts.words.memoryOwners;
  if (table === null || table.rows.length === 0) return [element('p', 'quiet', texts.words.noOwners)];
  const data = { columns: titled(table, texts), rows: table.rows };
  const view = new TableView({ data, caption, fileName: 'memory', language, announce, filter: '' });
  return [element('h3', '', caption), view.element];
}

function counterTitle({ tracks, groups }: PanelContext['info'], track: number): string {
  const { name, series, group } = tracks[track];
  const own = series === '' || series === name ? name : `${name} · ${series}`;
  return groups.length > 1 ? `${groups[group].label} · ${own}` : own;
}

/** In the unit of the file: whether its KB are 1,000 or 1,024 bytes, nobody says. */
function formatAmount(value: number, unit: string): string {
  if (unit === 'B' || unit === 'bytes') return formatBytes(value);
  return `${formatCount(Number(value.toPrecision(4)))} ${unit}`.trimEnd();
}
