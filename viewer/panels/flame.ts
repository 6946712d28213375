/** Stacks of the host: where its threads spent their time, and what of the devices' time each frame launched. */
import { MEASURES, type Measure } from '../../src/analysis/host/measures.ts';
import { formatCount, formatShare, formatShortDuration } from '../../src/report/format.ts';
import type { AnswerTo } from '../../src/session/requests/protocol.ts';
import { button, type Child, element, labelled, select } from '../widgets/element.ts';
import { FlamePicture } from '../widgets/flame-picture.ts';
import { missing } from './missing.ts';
import type { Panel, PanelContext } from './panel.ts';
import { type PanelTexts, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';

const FRAMES_AT_MOST = 20_000;

type Stacks = AnswerTo<'flame'>;

export const flamePanel: Panel = {
  id: 'flame',
  create(root, context) {
    const { api, run, language } = context;
    const texts = textsIn(language);
    const region = new Region(language);
    let picture: FlamePicture | undefined;
    const show = (measure: Measure): void =>
      region.show(
        (signal) => api.ask(run, 'flame', { measure, limit: FRAMES_AT_MOST }, signal),
        (stacks) => {
          picture?.destroy();
          if (stacks.columns.parent.length === 0) return [missing('stacks', texts)];
          const drawn = drawStacks(stacks, measure, texts, context);
          picture = drawn.picture;
          return drawn.shown;
        },
      );
    const choices = MEASURES.map((id) => ({ id, text: texts.words.measures[id] }));
    const chosen = labelled(texts.words.widthIs, select(choices, MEASURES[0], show));
    root.append(element('div', 'controls', chosen), region.element);
    show(MEASURES[0]);
    return {
      update: () => {},
      destroy: () => {
        picture?.destroy();
        region.destroy();
      },
    };
  },
};

function drawStacks(
  stacks: Stacks,
  measure: Measure,
  texts: PanelTexts,
  context: PanelContext,
): { readonly picture: FlamePicture; readonly shown: Child[] } {
  const { json, columns } = stacks;
  const { words } = texts;
  const about = element('div', 'readout');
  const whole = button(words.wholeStack, () => picture.focus(-1), 'quiet-button');
  const names = (frame: number): string => json.names[columns.name[frame]];
  const tell = teller(stacks, texts);
  const picture = new FlamePicture({
    parent: columns.parent,
    width: measure === 'host' ? columns.hostNs : columns.deviceNs,
    label: words.flamePicture,
    nameOf: names,
    tell,
    announce: context.announce,
    onFocus: (frame) => {
      whole.hidden = frame < 0;
      if (frame >= 0) context.store.set({ selected: { track: columns.track[frame], slice: columns.slice[frame] } });
    },
    onCurrent: (frame) =>
      about.replaceChildren(
        ...(frame < 0 ? [element('p', 'quiet', words.flameHint)] : [...describe(frame, stacks, tell, texts, context)]),
      ),
  });
  whole.hidden = true;
  about.append(element('p', 'quiet', words.flameHint));
  const launched = words.launchedOf(formatShortDuration(json.launchedNs), formatShortDuration(json.deviceNs));
  const left = json.frameCount - columns.parent.length;
  const notes = [launched, ...(left > 0 ? [words.smallFrames(formatCount(left))] : [])].join(' ');
  return { picture, shown: [element('p', 'quiet', notes), whole, picture.element, about] };
}

function* describe(
  frame: number,
  { json, columns }: Stacks,
  tell: (frame: number) => string,
  { words }: PanelTexts,
  { goTo, store }: PanelContext,
): Generator<Child> {
  yield element('p', '', tell(frame));
  const [startNs, durNs] = [columns.startNs[frame], columns.durNs[frame]];
  const selected = { track: columns.track[frame], slice: columns.slice[frame] };
  yield element(
    'div',
    'controls',
    button(words.longestOne, () => goTo(startNs, startNs + durNs, selected)),
    button(words.findName, () => store.set({ panel: 'search', search: json.names[columns.name[frame]] })),
  );
}

function teller({ json, columns }: Stacks, { words }: PanelTexts): (frame: number) => string {
  const sumOfRoots = (ns: ArrayLike<number>): number => {
    let sum = 0;
    for (let frame = 0; frame < columns.parent.length; frame++) if (columns.parent[frame] < 0) sum += ns[frame];
    return sum;
  };
  const [hostNs, deviceNs] = [sumOfRoots(columns.hostNs), sumOfRoots(columns.deviceNs)];
  const share = (ns: number, allNs: number): string => formatShare(allNs === 0 ? 0 : ns / allNs);
  return (frame) => {
    const host = columns.hostNs[frame];
    const device = columns.deviceNs[frame];
    return [
      json.names[columns.name[frame]],
      words.hostTime(formatShortDuration(host), formatShortDuration(columns.hostSelfNs[frame]), share(host, hostNs)),
      words.deviceTime(formatShortDuration(device), share(device, deviceNs), formatCount(columns.launchCount[frame])),
      words.slicesOfFrame(formatCount(columns.count[frame])),
    ].join(' · ');
  };
}
