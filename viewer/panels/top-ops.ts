/** Ops by what they cost: a table by any grouping, and all instances of the chosen one to step through. */
import type { OpGrouping } from '../../src/analysis/index.ts';
import { formatCount } from '../../src/report/format.ts';
import type { ReportDocument } from '../../src/report/index.ts';
import type { Part } from '../../src/report/parts/part.ts';
import { element, labelled, select } from '../widgets/element.ts';
import { TableView } from '../widgets/table.ts';
import { costliestOps } from './costliest.ts';
import { Instances } from './instances.ts';
import { ARG, groupingOf, GROUPINGS } from './op-grouping.ts';
import type { Panel, PanelContext } from './panel.ts';
import { absence, type PanelTexts, textsIn, titled } from './panel-texts.ts';
import { Region } from './region.ts';

const OPS_AT_MOST = 5000;

export const topOpsPanel: Panel = {
  id: 'top-ops',
  create(root, context) {
    const { store, language } = context;
    const texts = textsIn(language);
    const [tops, ops, controls] = [new Region(language), new Region(language), element('div', 'controls')];
    const instances = new Instances(context);
    let table: TableView | undefined;
    let keys: readonly string[] = [];
    root.append(controls, tops.element, ops.element, instances.element);
    const mark = (): void => table?.setCurrent(keys.indexOf(store.state.highlighted ?? ''));
    const show = (): void => {
      const { by, opFilter } = store.state;
      controls.replaceChildren(
        ...groupingControls(by, texts, (chosen) => store.set({ by: chosen, highlighted: null })),
      );
      ops.show(
        (signal) => askOps(context, groupingOf(by), signal),
        ({ json: { document, parts } }) => {
          keys = document.topOps.map(({ key }) => key);
          const drawn = opsTable(document, parts, opFilter, texts, context, (key) => highlight(context, key));
          table = drawn.table;
          mark();
          return drawn.shown;
        },
      );
    };
    tops.show(
      (signal) => askOps(context, 'type', signal),
      ({ json: { document } }) => costliestOps(document, texts, store),
    );
    show();
    instances.show(store.state);
    return {
      update: (state, before) => {
        if (state.by !== before.by) show();
        if (state.highlighted !== before.highlighted) mark();
        instances.show(state);
      },
      destroy: () => {
        for (const each of [tops, ops, instances]) each.destroy();
      },
    };
  },
};

function askOps({ api, run, language }: PanelContext, by: OpGrouping, signal: AbortSignal) {
  const sections = ['token', 'topops'] as const;
  return api.ask(run, 'report', { language, sections, by, limit: OPS_AT_MOST }, signal);
}

function highlight({ store }: PanelContext, key: string): void {
  store.set({ highlighted: store.state.highlighted === key ? null : key });
}

function groupingControls(by: string, { words }: PanelTexts, onChoose: (by: string) => void): HTMLElement[] {
  const isArg = by.startsWith(ARG);
  const choices = [...GROUPINGS, 'arg' as const].map((id) => ({ id, text: words.groupings[id] }));
  const key = element('input', 'filter');
  key.value = isArg ? by.slice(ARG.length) : '';
  key.placeholder = words.argKey;
  key.setAttribute('aria-label', words.argKey);
  key.hidden = !isArg;
  key.addEventListener('change', () => key.value !== '' && onChoose(`${ARG}${key.value}`));
  const grouping = select(choices, isArg ? 'arg' : by, (id) => {
    key.hidden = id !== 'arg';
    if (id === 'arg') key.focus();
    else onChoose(id);
  });
  return [labelled(words.groupBy, grouping), key];
}

function opsTable(
  document: ReportDocument,
  parts: readonly Part[],
  filter: string,
  texts: PanelTexts,
  { store, language, announce }: PanelContext,
  onOpen: (key: string) => void,
): { readonly table: TableView | undefined; readonly shown: HTMLElement[] } {
  const main = parts.find(({ section }) => section === 'topops')?.main;
  if (main === undefined || main.rows.length === 0) {
    const why = absence(document, 'topops', texts) ?? texts.words.noOps;
    return { table: undefined, shown: [element('p', 'quiet', why)] };
  }
  const table = new TableView({
    data: { columns: titled(main, texts), rows: main.rows },
    ...{ caption: texts.words.allOps, isTitled: true, fileName: 'top-ops', language, announce, filter },
    onFilter: (opFilter) => store.set({ opFilter }, 'replace'),
    onOpen: (row) => onOpen(document.topOps[row].key),
  });
  const isCut = document.topOps.length >= OPS_AT_MOST;
  const note = isCut ? [element('p', 'quiet', texts.words.onlyMost(formatCount(OPS_AT_MOST)))] : [];
  return { table, shown: [...note, table.element] };
}
