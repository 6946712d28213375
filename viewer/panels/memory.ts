/** Counters of memory over all of the run, and what owned most of it. */
import { formatAmount, formatCount, formatShortDuration } from '../../src/report/format.ts';
import type { AnswerTo } from '../../src/session/requests/protocol.ts';
import { element } from '../widgets/element.ts';
import { type AreaChart, areaChart } from '../widgets/area-chart.ts';
import { TableView } from '../widgets/table.ts';
import { missing } from './missing.ts';
import type { Panel, PanelContext } from './panel.ts';
import { type PanelTexts, textsIn, titled } from './panel-texts.ts';
import { Region } from './region.ts';

const COLUMNS = 600;
/** The rest are on the timeline. */
const COUNTERS_AT_MOST = 128;

/** What a counter did over all of the run, by column of the chart. */
interface Counter {
  readonly track: number;
  readonly title: string;
  readonly unit: string;
  readonly least: ArrayLike<number>;
  readonly most: ArrayLike<number>;
  readonly lowest: number;
  readonly highest: number;
}

interface MemoryAnswer {
  readonly memory: AnswerTo<'memory'>['json'];
  readonly counters: readonly Counter[];
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
      ({ memory, counters }) => {
        if (memory.tracks.length === 0 && memory.owners === null) return [missing('memory', texts)];
        const changing = counters.filter(({ lowest, highest }) => lowest < highest);
        charts = changing.map((counter) => chartOf(counter, changing, context));
        place(context.store.state);
        const figures = changing.map((counter, at) => figureOf(counter, charts[at], texts));
        const rest = memory.tracks.length - counters.length;
        return [
          element('div', 'charts', ...figures),
          ...steady(counters, texts, context),
          ...(rest > 0 ? [element('p', 'quiet', texts.words.moreCounters(formatCount(rest)))] : []),
          ...owners(memory.owners, texts, context),
        ];
      },
    );
    return { update: place, destroy: () => region.destroy() };
  },
};

async function askMemory({ api, run, info }: PanelContext, signal: AbortSignal): Promise<MemoryAnswer> {
  const { json: memory } = await api.ask(run, 'memory', {}, signal);
  const tracks = memory.tracks.slice(0, COUNTERS_AT_MOST);
  if (tracks.length === 0) return { memory, counters: [] };
  const window = { startNs: 0, endNs: Math.max(1, info.endNs), columnCount: COLUMNS, tracks };
  const { least, most, range } = (await api.ask(run, 'counters', window, signal)).columns;
  const counters = tracks.map((track, at) => ({
    ...{ track, title: counterTitle(info, track), unit: info.tracks[track].unit },
    least: least.subarray(at * COLUMNS, (at + 1) * COLUMNS),
    most: most.subarray(at * COLUMNS, (at + 1) * COLUMNS),
    ...{ lowest: range[2 * at], highest: range[2 * at + 1] },
  }));
  return { memory, counters };
}

/** Counters of one unit are drawn to one scale, so that their heights can be compared. */
function chartOf(counter: Counter, all: readonly Counter[], { info, goTo }: PanelContext): AreaChart {
  const alike = all.filter(({ unit }) => unit === counter.unit);
  return areaChart({
    ...{ label: counter.title, least: counter.least, most: counter.most },
    highest: alike.reduce((highest, each) => Math.max(highest, each.highest), 0),
    ...{ startNs: 0, endNs: Math.max(1, info.endNs) },
    formatValue: (value) => formatAmount(value, counter.unit),
    formatTime: formatShortDuration,
    onOpen: goTo,
  });
}

function figureOf({ title, highest, unit }: Counter, chart: AreaChart, { words }: PanelTexts): HTMLElement {
  const peak = element('span', 'quiet', words.peak(formatAmount(highest, unit)));
  return element('figure', '', element('figcaption', '', title, peak), chart.element);
}

/** A chart of what never changes shows nothing that a number does not. */
function steady(
  counters: readonly Counter[],
  { words }: PanelTexts,
  { language, announce }: PanelContext,
): HTMLElement[] {
  const same = counters.filter(({ lowest, highest }) => !(lowest < highest));
  if (same.length === 0) return [];
  const rows = same.map(({ title, highest, unit }) => [
    title,
    Number.isNaN(highest) ? '' : formatAmount(highest, unit),
  ]);
  const columns = [
    { id: 'counter', title: words.counter, kind: 'name' },
    { id: 'value', title: words.amount, kind: 'text' },
  ] as const;
  const options = {
    caption: words.steadyCounters,
    isTitled: true,
    fileName: 'steady-counters',
    language,
    announce,
    rowsAtFirst: 20,
  };
  return [new TableView({ data: { columns, rows }, ...options }).element];
}

function owners(
  table: MemoryAnswer['memory']['owners'],
  texts: PanelTexts,
  { language, announce }: PanelContext,
): HTMLElement[] {
  const caption = texts.words.memoryOwners;
  if (table === null || table.rows.length === 0) return [missing('owners', texts)];
  const data = { columns: titled(table, texts), rows: table.rows };
  const view = new TableView({ data, caption, isTitled: true, fileName: 'memory', language, announce, filter: '' });
  return [view.element];
}

function counterTitle({ tracks, groups }: PanelContext['info'], track: number): string {
  const { name, series, group, unit } = tracks[track];
  const own = ['', name, unit].includes(series) ? name : `${name} · ${series}`;
  return groups.length > 1 ? `${groups[group].label} · ${own}` : own;
}
