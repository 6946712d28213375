/** All instances of the highlighted ops: how many there are, and one after the other on the timeline. */
import { formatCount } from '../../src/report/format.ts';
import type { AnswerTo } from '../../src/session/requests/protocol.ts';
import { button, element } from '../widgets/element.ts';
import { TableView } from '../widgets/table.ts';
import type { ViewState } from '../state.ts';
import { groupingOf } from './op-grouping.ts';
import type { PanelContext } from './panel.ts';
import { columnsOf, type PanelTexts, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';

const INSTANCES_AT_MOST = 20_000;

export class Instances {
  readonly element: HTMLElement;
  readonly #region: Region;
  readonly #context: PanelContext;
  readonly #texts: PanelTexts;
  #shown = '';
  #mark: (state: ViewState) => void = () => {};

  constructor(context: PanelContext) {
    this.#context = context;
    this.#texts = textsIn(context.language);
    this.#region = new Region(context.language);
    this.element = this.#region.element;
    this.element.classList.add('kept-below');
  }

  show(state: ViewState): void {
    const { by, highlighted } = state;
    const wanted = JSON.stringify([by, highlighted]);
    if (wanted === this.#shown) {
      this.#mark(state);
      return;
    }
    this.#shown = wanted;
    this.#mark = () => {};
    if (highlighted === null) {
      this.#region.tell();
      return;
    }
    const { api, run } = this.#context;
    this.#region.show(
      (signal) => api.ask(run, 'instances', { by: groupingOf(by), key: highlighted, limit: INSTANCES_AT_MOST }, signal),
      (answer) => this.#draw(highlighted, answer),
    );
  }

  destroy(): void {
    this.#region.destroy();
  }

  #draw(key: string, { json: { total }, columns: { track, slice, startNs, durNs } }: AnswerTo<'instances'>): Node[] {
    const { language, announce, store, info, goTo } = this.#context;
    const { words } = this.#texts;
    const all = startNs.length;
    const open = (at: number): void =>
      goTo(startNs[at], startNs[at] + durNs[at], { track: track[at], slice: slice[at] });
    const chosen = (): number => {
      const { selected } = store.state;
      return selected === null
        ? -1
        : slice.findIndex((each, at) => each === selected.slice && track[at] === selected.track);
    };
    const position = element('span', 'position');
    const step = (direction: -1 | 1): void => {
      const at = chosen();
      if (all > 0) open(at < 0 ? (direction === 1 ? 0 : all - 1) : (at + direction + all) % all);
    };
    const table = new TableView({
      data: {
        columns: columnsOf(
          [
            ['at', 'time'],
            ['duration', 'duration'],
            ['stream', 'name'],
          ],
          this.#texts,
        ),
        rows: Array.from(startNs, (ns, at) => [ns, durNs[at], info.tracks[track[at]]?.name ?? '']),
      },
      ...{ caption: words.instancesOf(key), fileName: 'instances', language, announce, onOpen: open },
    });
    this.#mark = () => {
      const at = chosen();
      table.setCurrent(at);
      position.textContent =
        at < 0 ? words.placeOf('–', formatCount(total)) : words.placeOf(formatCount(at + 1), formatCount(total));
    };
    this.#mark(store.state);
    const title = element('h4', '', words.instancesOf(key));
    title.title = key;
    const clear = button(words.clear, () => store.set({ highlighted: null }), 'quiet-button');
    const row = element(
      'div',
      'stepper',
      title,
      button(words.previous, () => step(-1)),
      position,
      button(words.next, () => step(1)),
      clear,
    );
    const cut = total > all ? [element('p', 'quiet', words.onlyFirst(formatCount(all), formatCount(total)))] : [];
    const list = element('details', '', element('summary', '', words.listThem), ...cut, table.element);
    return [element('section', 'card', row, list)];
  }
}
