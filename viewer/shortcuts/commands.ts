/** Everything that can be done by key, as one table: keys, the palette and the help are made of it. */
import type { CommandId, HelpTopic } from '../../src/locale/viewer-page.ts';
import type { PanelContext } from '../panels/panel.ts';
import { COLOUR_BY } from '../../src/session/requests/protocol.ts';
import { panBy, zoomAt } from '../timeline/time-window.ts';
import type { Timeline } from '../timeline/timeline.ts';

export interface Command {
  readonly id: CommandId;
  /** As KeyboardEvent.key has them, with `Ctrl+` or `Alt+` in front where it is held; the first is shown. */
  readonly keys: readonly string[];
  readonly topic: HelpTopic;
  run(): void;
}

/** What the page around the timeline does. */
export interface PageActions {
  help(): void;
  palette(): void;
  nextTheme(): void;
  nextLanguage(): void;
  nextRun(): void;
  togglePanels(): void;
  focusFilter(): void;
  focusSearch(): void;
  copyLink(): void;
  savePng(): void;
  saveSvg(): void;
}

const ZOOM = 1.4;
const PAN = 0.2;
const SCROLL_PX = 60;

export function commandTable(timeline: Timeline, { store }: PanelContext, page: PageActions): Command[] {
  const zoom = (factor: number): void => {
    const { window, runEndNs } = timeline.now();
    timeline.setWindow(zoomAt(window, timeline.pointerShare, factor, runEndNs));
  };
  const pan = (share: number): void => {
    const { window, runEndNs } = timeline.now();
    timeline.setWindow(panBy(window, share, runEndNs));
  };
  const choices = timeline.choices;
  const table: readonly (readonly [HelpTopic, CommandId, readonly string[], () => void])[] = [
    ['move', 'zoom-in', ['w', '+', '='], () => zoom(1 / ZOOM)],
    ['move', 'zoom-out', ['s', '-'], () => zoom(ZOOM)],
    ['move', 'pan-left', ['a', 'ArrowLeft'], () => pan(-PAN)],
    ['move', 'pan-right', ['d', 'ArrowRight'], () => pan(PAN)],
    ['move', 'scroll-up', ['ArrowUp'], () => timeline.scrollBy(-SCROLL_PX)],
    ['move', 'scroll-down', ['ArrowDown'], () => timeline.scrollBy(SCROLL_PX)],
    ['move', 'fit', ['f', '0'], () => timeline.fit()],
    ['move', 'undo-zoom', ['Backspace'], () => timeline.zooms.undo((window) => timeline.setWindow(window))],
    ['find', 'next-bubble', ['n'], () => void choices.nextBubble()],
    ['find', 'previous-same', ['['], () => void choices.neighbour(-1)],
    ['find', 'next-same', [']'], () => void choices.neighbour(1)],
    ['find', 'measure', ['m'], () => choices.measure()],
    ['find', 'search', ['/', 'Ctrl+f'], () => page.focusSearch()],
    ['find', 'slice-list', ['t'], () => timeline.toggleList()],
    ['find', 'align-left', ['l'], () => timeline.alignment.fix()],
    ['find', 'align-right', ['r'], () => timeline.alignment.align()],
    ['find', 'undo-align', [], () => timeline.alignment.undo()],
    [
      'find',
      'clear',
      ['Escape'],
      () => {
        choices.clear();
        timeline.alignment.undo();
      },
    ],
    ['show', 'filter-tracks', ['g'], () => page.focusFilter()],
    ['show', 'collapse-all', ['{'], () => timeline.tracks.closeAll(true)],
    ['show', 'expand-all', ['}'], () => timeline.tracks.closeAll(false)],
    ['show', 'move-up', ['Alt+ArrowUp'], () => timeline.moveRow(-1)],
    ['show', 'move-down', ['Alt+ArrowDown'], () => timeline.moveRow(1)],
    ['show', 'captured-order', [], () => timeline.resetOrder()],
    ['show', 'colour', ['c'], () => store.set({ colourBy: COLOUR_BY[1 - COLOUR_BY.indexOf(store.state.colourBy)] })],
    ['page', 'palette', ['Ctrl+k'], () => page.palette()],
    ['page', 'help', ['?'], () => page.help()],
    ['page', 'next-run', ['x'], () => page.nextRun()],
    ['page', 'panels', ['p'], () => page.togglePanels()],
    ['page', 'copy-link', ['y'], () => page.copyLink()],
    ['page', 'save-png', ['e'], () => page.savePng()],
    ['page', 'save-svg', ['v'], () => page.saveSvg()],
    ['page', 'theme', [], () => page.nextTheme()],
    ['page', 'language', [], () => page.nextLanguage()],
  ];
  return table.map(([topic, id, keys, run]) => ({ id, keys, topic, run }));
}

/** How a key is called on keyboards. */
export function keyName(key: string): string {
  const NAMES: Readonly<Record<string, string>> = {
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
  };
  return key
    .split(/(?<=^(?:Ctrl|Alt))\+/)
    .map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' + ');
}
