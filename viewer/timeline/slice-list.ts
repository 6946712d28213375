/** The slices in view as a table: the timeline for those who do not see the canvas. */
import { formatDuration } from '../../src/report/format.ts';
import type { PageWords } from '../../src/locale/viewer-page.ts';
import type { RunInfo } from '../../src/session/requests/protocol.ts';
import type { SliceRef } from '../state.ts';
import { button, element } from '../widgets/element.ts';
import type { Arrangement } from './arrangement.ts';
import type { WindowAnswer } from './window-answer.ts';
import { moved, type Shifts } from './shifts.ts';
import { exactTime } from './time-axis.ts';
import type { TimeWindow } from './time-window.ts';
import './slice-list.css';

const MOST_LISTED = 300;

interface Listed extends SliceRef {
  readonly name: string;
  readonly startNs: number;
  readonly durNs: number;
}

export function slicesInView(
  answerOf: (shiftNs: number) => WindowAnswer | undefined,
  arrangement: Arrangement,
  shown: TimeWindow,
  shifts: Shifts,
): Listed[] {
  const listed: Listed[] = [];
  for (const { row } of [...arrangement.pinnedRows(), ...arrangement.scrollingRows()]) {
    if (row.kind !== 'track') continue;
    const shiftNs = shifts.ofTrack(row.track);
    const [answer, window] = [answerOf(shiftNs), moved(shown, -shiftNs)];
    const rows = answer?.rowsOf(row.track);
    if (answer === undefined || rows === undefined) continue;
    for (let at = rows.first; at < rows.first + rows.count; at++) {
      for (const position of answer.wideOf(at)) {
        const wide = answer.wide(position);
        const isInView = wide.startNs < window.endNs && wide.startNs + wide.durNs > window.startNs;
        if (isInView) listed.push({ ...wide, track: row.track });
      }
    }
  }
  return listed;
}

/** Shown when somebody asks for it. */
export class SliceList {
  readonly element = element('div', 'slice-list-place');
  readonly #tableOf: (slices: readonly Listed[]) => HTMLElement;

  constructor(info: RunInfo, words: PageWords, choose: (slice: SliceRef) => void) {
    this.element.hidden = true;
    this.#tableOf = (slices) => sliceTable(slices, info, words, choose);
  }

  toggle(slices: () => readonly Listed[]): void {
    this.element.hidden = !this.element.hidden;
    this.show(slices);
    if (!this.element.hidden) this.element.querySelector('button')?.focus();
  }

  /** While it has the focus it stays as it is, or the focus would be lost. */
  show(slices: () => readonly Listed[]): void {
    if (this.element.hidden || this.element.contains(document.activeElement)) return;
    this.element.replaceChildren(this.#tableOf(slices()));
  }
}

function sliceTable(
  slices: readonly Listed[],
  info: RunInfo,
  words: PageWords,
  choose: (slice: Listed) => void,
): HTMLElement {
  const head = element('tr');
  for (const title of [
    words.listColumns.name,
    words.listColumns.track,
    words.listColumns.start,
    words.listColumns.duration,
  ]) {
    const cell = element('th', '', title);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = element('tbody');
  for (const slice of slices.slice(0, MOST_LISTED)) {
    const { group, name } = info.tracks[slice.track];
    const title = element(
      'th',
      '',
      button(slice.name, () => choose(slice), 'link'),
    );
    title.scope = 'row';
    const cells = [`${info.groups[group].label} · ${name}`, exactTime(slice.startNs), formatDuration(slice.durNs)];
    body.append(element('tr', '', title, ...cells.map((text) => element('td', '', text))));
  }
  const table = element(
    'table',
    'slice-list',
    element('caption', '', words.inView(slices.length)),
    element('thead', '', head),
    body,
  );
  const more = slices.length - MOST_LISTED;
  return element(
    'div',
    'slice-list-frame',
    table,
    ...(more > 0 ? [element('p', 'quiet', words.sliceListMore(more))] : []),
  );
}
