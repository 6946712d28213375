/** One of two runs: its steps and what its devices did, with all instances of an op marked. */
import type { BubbleCause } from '../../../src/analysis/index.ts';
import type { AnswerTo, RunInfo, StepInfo, ViewerApi } from '../../../src/session/requests/protocol.ts';
import { STEPS_PX } from '../../timeline/arrangement.ts';
import { DeviceAnswer } from '../../timeline/device-answer.ts';
import { DeviceSteps } from '../../timeline/device-steps.ts';
import { DeviceStrips } from '../../timeline/draw/devices.ts';
import type { Frame } from '../../timeline/draw/frame.ts';
import { Labels } from '../../timeline/draw/labels.ts';
import { drawHighlights, type Mark } from '../../timeline/draw/marks.ts';
import { drawSteps } from '../../timeline/draw/steps.ts';
import { type GestureTarget, listenToGestures } from '../../timeline/gestures.ts';
import { gridFor, isEnough, isNearEdge } from '../../timeline/grid.ts';
import { Latest } from '../../timeline/latest.ts';
import type { Palette } from '../../timeline/palette.ts';
import { type TimeScale, timeScale, type TimeWindow } from '../../timeline/time-window.ts';
import { element } from '../../widgets/element.ts';

const [MOST_DEVICES, ALL_ROWS_PX, MOST_ROW_PX, LEAST_ROW_PX] = [16, 64, 24, 4];
const LABEL_PX = 14;
const FONT_PX = 12;

export type Instances = AnswerTo<'instances'>['columns'];

export interface StripTexts {
  readonly causes: ReadonlyMap<BubbleCause, string>;
  stepName(step: StepInfo): string;
  moreDevices(count: number): string;
}

export class RunStrip {
  readonly element = element('div', 'run-strip');
  readonly canvas = element('canvas');
  readonly #context: CanvasRenderingContext2D;
  readonly #labels: Labels;
  readonly #info: RunInfo;
  readonly #texts: StripTexts;
  readonly #steps: readonly StepInfo[];
  readonly #deviceCount: number;
  readonly #rowPx: number;
  readonly #latest: Latest<DeviceAnswer['ask'], DeviceAnswer>;
  readonly #heightPx: number;
  #devices: DeviceStrips | undefined;
  #instances: Instances | undefined;

  constructor(
    api: ViewerApi,
    run: number,
    info: RunInfo,
    title: HTMLElement,
    texts: StripTexts,
    target: GestureTarget,
    changed: () => void,
  ) {
    this.#info = info;
    this.#texts = texts;
    const context = this.canvas.getContext('2d', { alpha: false });
    if (context === null) throw new Error('no canvas');
    this.#context = context;
    this.#labels = new Labels(context);
    this.#steps = new DeviceSteps(info.steps).of(0);
    this.#deviceCount = Math.min(info.devices.length, MOST_DEVICES);
    const rowPx = Math.floor(ALL_ROWS_PX / Math.max(this.#deviceCount, 1));
    this.#rowPx = Math.min(MOST_ROW_PX, Math.max(LEAST_ROW_PX, rowPx));
    this.#heightPx = STEPS_PX + Math.max(this.#deviceCount, 1) * (this.#rowPx + 1);
    this.canvas.style.height = `${this.#heightPx}px`;
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', `${info.name}: ${this.#deviceLabels().join(', ')}`);
    this.element.append(this.#side(title), element('div', 'run-strip-plot', this.canvas));
    this.#latest = new Latest(
      async (ask) => new DeviceAnswer(ask, await api.ask(run, 'devices', ask)),
      (answer) => {
        this.#devices = new DeviceStrips(answer);
        changed();
      },
      () => undefined,
    );
    listenToGestures(this.canvas, target);
  }

  set instances(instances: Instances | undefined) {
    this.#instances = instances;
  }

  themeChanged(): void {
    this.#devices = this.#devices?.repainted();
  }

  stop(): void {
    this.#latest.stop();
  }

  /** `window` is in the times of this run. */
  draw(window: TimeWindow, widthPx: number, palette: Palette): void {
    const pixelRatio = devicePixelRatio;
    const [width, height] = [widthPx, this.#heightPx].map((px) => Math.max(1, Math.round(px * pixelRatio)));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    const context = this.#context;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.imageSmoothingEnabled = false;
    context.textBaseline = 'middle';
    context.font = `${FONT_PX}px ${palette.font}`;
    context.fillStyle = palette.plain.surface;
    context.fillRect(0, 0, widthPx, this.#heightPx);
    const scale = timeScale(window, widthPx);
    const frame: Frame = { context, scale, palette, pixelRatio, heightPx: this.#heightPx };
    drawSteps(frame, this.#labels, this.#steps, (step) => this.#texts.stepName(step));
    for (let device = 0; device < this.#deviceCount; device++) {
      this.#devices?.draw(frame, this.#labels, device, this.#yOf(device), this.#rowPx, this.#texts.causes);
    }
    if (this.#instances !== undefined) drawHighlights(frame, this.#marksIn(scale, this.#instances), STEPS_PX);
    this.#ask(window, width);
  }

  #ask(window: TimeWindow, columnsInView: number): void {
    if (this.#deviceCount === 0) return;
    const wanted = gridFor(window, columnsInView);
    const known = this.#devices?.answer.ask;
    const isKnown = known !== undefined && isEnough(known, wanted, window) && !isNearEdge(known, window);
    if (!isKnown) this.#latest.want({ ...wanted, kind: 'device' });
  }

  #yOf(device: number): number {
    return STEPS_PX + device * (this.#rowPx + 1);
  }

  /** Those in view; of many in one pixel the first. */
  #marksIn({ startNs, endNs, nsPerPx }: TimeScale, instances: Instances): Mark[] {
    const { groups, tracks } = this.#info;
    const marks: Mark[] = [];
    const drawnTo = new Float64Array(this.#deviceCount).fill(Number.NEGATIVE_INFINITY);
    for (let at = 0; at < instances.startNs.length && instances.startNs[at] < endNs; at++) {
      const to = instances.startNs[at] + instances.durNs[at];
      const { device } = groups[tracks[instances.track[at]].group];
      if (to <= startNs || device < 0 || device >= this.#deviceCount || to < drawnTo[device] + nsPerPx) continue;
      drawnTo[device] = to;
      marks.push({ startNs: instances.startNs[at], endNs: to, yPx: this.#yOf(device), heightPx: this.#rowPx });
    }
    return marks;
  }

  #side(title: HTMLElement): HTMLElement {
    const side = element('div', 'run-strip-side', title);
    if (this.#rowPx >= LABEL_PX) {
      for (const label of this.#deviceLabels()) {
        const name = element('div', 'run-strip-device', label);
        name.title = label;
        name.style.height = `${this.#rowPx + 1}px`;
        side.append(name);
      }
    }
    const more = this.#info.devices.length - this.#deviceCount;
    if (more > 0) side.append(element('div', 'run-strip-device quiet', this.#texts.moreDevices(more)));
    return side;
  }

  #deviceLabels(): string[] {
    return this.#info.devices.slice(0, this.#deviceCount).map(({ label }) => label);
  }
}
