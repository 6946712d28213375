/**
 * Two runs one above the other on one axis of time, so that a step of one stands above the same step of the other. The window
 * is that of the timeline, so gestures, keys and the address are the same; the other run is drawn as far away as its step is.
 */
import { formatCount, formatShortDuration } from '../../../src/report/format.ts';
import { reportWords } from '../../../src/locale/report-words.ts';
import type { AnswerTo, RunInfo, StepInfo } from '../../../src/session/requests/protocol.ts';
import type { ViewState } from '../../state.ts';
import { stepName } from '../../timeline/device-steps.ts';
import { causeNames } from '../../timeline/draw/devices.ts';
import type { GestureTarget } from '../../timeline/gestures.ts';
import { readPalette } from '../../timeline/palette.ts';
import { Ruler } from '../../timeline/ruler.ts';
import { moved } from '../../timeline/shifts.ts';
import { fitWindow, timeScale, windowAround } from '../../timeline/time-window.ts';
import { button, element, labelled } from '../../widgets/element.ts';
import { groupingOf } from '../op-grouping.ts';
import type { PanelContext } from '../panel.ts';
import type { PanelTexts } from '../panel-texts.ts';
import { type AlignedAt, alignedAt, pairedSteps, type StepPair, windowOfStep } from './aligned-steps.ts';
import { RunStrip } from './run-strip.ts';

/** As the timeline draws. */
const MOST_INSTANCES = 200_000;

export interface ComparedRun {
  readonly run: number;
  readonly info: RunInfo;
  /** With which side it is. */
  readonly title: string;
}

interface Side extends ComparedRun {
  readonly strip: RunStrip;
  /** What is marked in it. */
  found: AnswerTo<'instances'> | undefined;
}

export class AlignedRuns {
  readonly element = element('section', 'aligned-runs');
  readonly #context: PanelContext;
  readonly #texts: PanelTexts;
  readonly #sides: readonly Side[];
  readonly #pairs: readonly StepPair[];
  readonly #wholeNs: number;
  readonly #ruler = new Ruler();
  readonly #plot = element('div', 'aligned-axis', this.#ruler.element);
  readonly #step = element('input');
  readonly #told = element('p');
  readonly #resizes = new ResizeObserver(() => this.#redraw());
  readonly #themes = new MutationObserver(() => this.#themeChanged());
  #palette = readPalette(document.documentElement);
  #frame = 0;
  #marked = '';

  /** Base and head; one of them is the run that the page shows. */
  constructor(runs: readonly ComparedRun[], context: PanelContext, texts: PanelTexts) {
    this.#context = context;
    this.#texts = texts;
    const other = runs.find(({ run }) => run !== context.run)!;
    this.#pairs = pairedSteps(context.info, other.info);
    this.#wholeNs = Math.max(context.info.endNs, other.info.endNs);
    this.#sides = runs.map((each) => ({ ...each, strip: this.#strip(each), found: undefined }));
    this.#told.setAttribute('role', 'status');
    this.element.setAttribute('aria-label', texts.words.alignedRuns);
    const axis = element('div', 'run-strip', this.#ruler.corner, this.#plot);
    const strips = this.#sides.map(({ strip }) => strip.element);
    this.element.append(this.#controls(), element('div', 'aligned-strips', axis, ...strips, this.#told));
    this.#resizes.observe(this.#plot);
    this.#themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    this.update(context.store.state);
  }

  update(state: ViewState): void {
    this.#step.value = String(this.#aligned().step);
    const marked = JSON.stringify([state.by, state.highlighted]);
    if (marked !== this.#marked) {
      this.#marked = marked;
      void this.#mark(state);
    }
    this.#redraw();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#resizes.disconnect();
    this.#themes.disconnect();
    for (const { strip } of this.#sides) strip.stop();
  }

  #aligned(): AlignedAt {
    return alignedAt(this.#pairs, this.#context.store.state.alignedStep);
  }

  #controls(): HTMLElement {
    const { words } = this.#texts;
    const { store, info } = this.#context;
    this.#step.type = 'number';
    this.#step.min = '0';
    this.#step.max = String(this.#pairs.length);
    this.#step.addEventListener('change', () => {
      const alignedStep = Math.min(Math.max(Math.floor(Number(this.#step.value)) || 0, 0), this.#pairs.length);
      const window = windowOfStep(this.#pairs, alignedAt(this.#pairs, alignedStep), this.#wholeNs);
      store.set({ alignedStep, ...windowAround(window, Math.max(info.endNs, this.#wholeNs), 0.05) });
    });
    const known = this.#pairs.length > 0;
    const hint = known ? words.alignHint(formatCount(this.#pairs.length)) : words.noCommonSteps;
    const control = known ? [labelled(words.alignStep, this.#step)] : [];
    return element('div', 'controls', ...control, element('span', 'quiet', hint));
  }

  #strip(side: ComparedRun): RunStrip {
    const { api, run, language, openRun } = this.#context;
    const { report, words } = this.#texts;
    const title = element('div', 'run-strip-title', element('strong', '', side.title));
    title.title = side.info.name;
    if (side.run !== run) {
      const opener = button(words.openThere, () => this.#open(side, openRun), 'quiet-button');
      opener.setAttribute('aria-label', `${words.openThere}: ${side.title}`);
      title.append(opener);
    }
    const texts = {
      causes: causeNames(reportWords[language].causes),
      stepName: (step: StepInfo) =>
        `${stepName(step, report.phases)}  ${formatShortDuration(step.endNs - step.startNs)}`,
      moreDevices: (count: number) => words.moreRows(formatCount(count)),
    };
    return new RunStrip(api, side.run, side.info, title, texts, this.#target(side), () => this.#redraw());
  }

  /** The same stretch of the other run. */
  #open({ run }: ComparedRun, openRun: PanelContext['openRun']): void {
    const { startNs, endNs } = this.#context.store.state;
    const { ownNs, otherNs } = this.#aligned();
    openRun(run, moved({ startNs, endNs }, otherNs - ownNs));
  }

  #target(side: ComparedRun): GestureTarget {
    const { store, info, run, openRun } = this.#context;
    return {
      now: () => ({ window: store.state, widthPx: this.#widthPx(), runEndNs: info.endNs }),
      setWindow: (window) => store.set(fitWindow(window, info.endNs), 'replace'),
      click: () => {
        if (side.run !== run) this.#open(side, openRun);
      },
      scrollBy: () => {},
      doubleClick: () => {},
      hover: () => {},
      drag: () => {},
      isMeasuring: () => false,
    };
  }

  async #mark({ by, highlighted }: ViewState): Promise<void> {
    const { api } = this.#context;
    const marked = this.#marked;
    const ask = { by: groupingOf(by), key: highlighted ?? '', limit: MOST_INSTANCES };
    const found = await Promise.all(
      this.#sides.map(({ run }) =>
        highlighted === null ? undefined : api.ask(run, 'instances', ask).catch(() => undefined),
      ),
    );
    if (marked !== this.#marked) return;
    this.#sides.forEach((side, at) => {
      side.found = found[at];
      side.strip.instances = found[at]?.columns;
    });
    this.#told.textContent = highlighted === null ? '' : `${highlighted}: ${this.#sides.map(this.#tell).join('; ')}`;
    this.#redraw();
  }

  readonly #tell = ({ title, found }: Side): string => {
    const count = found?.json.total ?? 0;
    if (found === undefined || count === 0) return `${title}: ${this.#texts.words.nothing}`;
    const { durNs } = found.columns;
    let sum = 0;
    for (const ns of durNs) sum += ns;
    const mean = sum / durNs.length;
    return `${title}: ${formatCount(count)} × ${formatShortDuration(mean)}`;
  };

  #themeChanged(): void {
    this.#palette = readPalette(document.documentElement);
    for (const { strip } of this.#sides) strip.themeChanged();
    this.#redraw();
  }

  #widthPx(): number {
    return Math.max(1, this.#plot.clientWidth);
  }

  #redraw(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const { store, run } = this.#context;
    const { ownNs, otherNs } = this.#aligned();
    const widthPx = this.#widthPx();
    // The axis counts from what is aligned.
    this.#ruler.show(timeScale(moved(store.state, -ownNs), widthPx));
    for (const side of this.#sides) {
      side.strip.draw(moved(store.state, side.run === run ? 0 : otherNs - ownNs), widthPx, this.#palette);
    }
  }
}
