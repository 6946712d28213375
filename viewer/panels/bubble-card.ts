/** All that is known of one bubble: the ops around it, the call that came late, and where the time went. */
import { formatConfidence, formatDuration, formatShortDuration } from '../../src/report/format.ts';
import type { BubbleDetails, Place } from '../../src/session/requests/protocol.ts';
import type { BubbleRef } from '../state.ts';
import { button, element, sideBySide } from '../widgets/element.ts';
import { legend, shareBar } from '../widgets/legend.ts';
import { causeSign } from './cause-sign.ts';
import type { PanelContext } from './panel.ts';
import { type PanelTexts, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';

export class BubbleCard {
  readonly element: HTMLElement;
  readonly #context: PanelContext;
  readonly #texts: PanelTexts;
  readonly #region: Region;

  constructor(context: PanelContext) {
    this.#context = context;
    this.#texts = textsIn(context.language);
    this.#region = new Region(context.language);
    this.element = this.#region.element;
    this.element.classList.add('kept-below');
  }

  show(bubble: BubbleRef | null): void {
    const { api, run } = this.#context;
    if (bubble === null) {
      this.#region.tell();
      return;
    }
    this.#region.show(
      async (signal) => (await api.ask(run, 'bubble', bubble, signal)).json,
      (found) => (found === null ? [] : [this.#draw(found)]),
    );
  }

  destroy(): void {
    this.#region.destroy();
  }

  #draw(bubble: BubbleDetails): HTMLElement {
    const { words, report, columns } = this.#texts;
    const { startNs, durNs, cause, confidence, before, after, during, launch } = bubble;
    const sure = cause === 'unknown' ? '' : ` · ${columns.confidence} ${formatConfidence(confidence)}`;
    const head = element('h4', '', `${formatShortDuration(durNs)} · ${report.causes[cause]}${sure}`);
    const list = element('dl', 'pairs', element('dt', '', columns.at), element('dd', '', formatDuration(startNs)));
    const places: readonly (readonly [string, Place | null])[] = [
      [columns.before, before],
      [words.during, during],
      [words.launch, launch],
      [columns.after, after],
    ];
    for (const [label, place] of places) {
      if (place !== null) list.append(element('dt', '', label), element('dd', '', placeButton(place, this.#context)));
    }
    const card = element('section', 'card', head, sideBySide(this.#hostParts(bubble), [list]));
    if (launch !== null && bubble.frameworkNs === null)
      card.append(element('p', 'quiet', lateness(launch, bubble, this.#texts)));
    return card;
  }

  /** What the host did of the time, where the launch is known. */
  #hostParts({ frameworkNs, launchNs, durNs }: BubbleDetails): HTMLElement[] {
    if (frameworkNs === null || launchNs === null) return [];
    const { words } = this.#texts;
    const values = [frameworkNs, launchNs, Math.max(0, durNs - frameworkNs - launchNs)];
    const parts = [
      { ...causeSign('host-late-framework'), label: words.beforeLaunch, value: values[0] },
      { ...causeSign('host-late-launch'), label: words.inLaunch, value: values[1] },
      { ...causeSign('device-scheduling'), label: words.afterLaunch, value: values[2] },
    ].filter(({ value }) => value > 0);
    const told = parts.map((part) => ({ ...part, told: formatShortDuration(part.value) }));
    return [shareBar(parts, formatShortDuration), legend(told)];
  }
}

function lateness(launch: Place, { startNs }: BubbleDetails, { words }: PanelTexts): string {
  const lateNs = launch.startNs - startNs;
  return lateNs > 0 ? words.launchLate(formatShortDuration(lateNs)) : words.launchEarly(formatShortDuration(-lateNs));
}

/** Goes to where a slice is. */
export function placeButton({ track, slice, startNs, durNs, name }: Place, { goTo, info }: PanelContext): HTMLElement {
  const made = button(name, () => goTo(startNs, startNs + durNs, { track, slice }), 'opens');
  made.title = name;
  const where = info.tracks[track]?.name ?? '';
  return element('span', 'place', made, element('small', 'quiet', `${formatShortDuration(durNs)} · ${where}`));
}
