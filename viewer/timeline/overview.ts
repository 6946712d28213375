/** The whole run in one strip: what its devices did, and a brush over what is shown below. */
import { brushX, type D3BrushEvent, pointer, select } from 'd3';
import { shareOfCode, type ViewerApi } from '../../src/session/requests/protocol.ts';
import { element, svg } from '../widgets/element.ts';
import { DeviceAnswer } from './device-answer.ts';
import type { Palette } from './palette.ts';
import { bitmap, pixelOf } from './draw/frame.ts';
import { lengthOf, type TimeWindow } from './time-window.ts';
import './overview.css';

const OVERVIEW_PX = 44;
const MOST_COLUMNS = 1600;
const MOST_BANDS = 8;

export class Overview {
  readonly element = element('div', 'overview');
  readonly #canvas = element('canvas');
  readonly #svg = svg('svg', { height: OVERVIEW_PX, 'aria-hidden': 'true' });
  readonly #group = svg('g');
  readonly #brush = brushX<unknown>();
  readonly #endNs: number;
  #answer: DeviceAnswer | undefined;
  #widthPx = 0;
  #isHeld = false;
  #window: TimeWindow;

  constructor(endNs: number, label: string, choose: (window: TimeWindow) => void) {
    this.#endNs = Math.max(endNs, 1);
    this.#window = { startNs: 0, endNs: this.#endNs };
    this.#svg.append(this.#group);
    this.element.append(this.#canvas, this.#svg);
    this.element.title = label;
    this.#brush.on('start brush end', (event: D3BrushEvent<unknown>) => {
      // Moves of the brush that follow the window have no event of a hand behind them.
      if (!(event.sourceEvent instanceof Event)) return;
      this.#isHeld = event.type !== 'end';
      const chosen = event.selection as [number, number] | null;
      if (event.type === 'start') return;
      if (chosen !== null && chosen[1] - chosen[0] >= 2) choose(this.#windowOf(chosen));
      else if (event.type === 'end') choose(this.#centredAt(pointer(event.sourceEvent, this.#group)[0]));
    });
  }

  async load(api: ViewerApi, run: number, deviceCount: number, palette: Palette, pixelRatio: number): Promise<void> {
    if (deviceCount === 0) return;
    const columnCount = Math.max(200, Math.min(MOST_COLUMNS, Math.floor(400_000 / deviceCount)));
    const ask = { startNs: 0, endNs: this.#endNs, columnCount, kind: 'device' } as const;
    this.#answer = new DeviceAnswer(ask, await api.ask(run, 'devices', ask));
    this.paint(deviceCount, palette, pixelRatio);
  }

  /** One band for each device; many devices share a few by their mean. */
  paint(deviceCount: number, palette: Palette, pixelRatio: number): void {
    if (this.#answer === undefined) return;
    const { columnCount } = this.#answer.ask;
    const { computing, exposed } = this.#answer.columns;
    const bands = deviceCount <= MOST_BANDS ? deviceCount : 1;
    const perBand = deviceCount / bands;
    const bandPixels = Math.max(3, Math.floor((OVERVIEW_PX * pixelRatio) / bands));
    const { fills } = palette;
    const image = bitmap(columnCount, bandPixels * bands, (pixels) => {
      for (let band = 0; band < bands; band++) {
        for (let column = 0; column < columnCount; column++) {
          let [compute, both] = [0, 0];
          for (let device = band * perBand; device < (band + 1) * perBand; device++) {
            compute += shareOfCode(computing[device * columnCount + column]);
            both += shareOfCode(exposed[device * columnCount + column]);
          }
          both += compute;
          const rows = bandPixels - (bands > 1 ? 1 : 0);
          const share = rows / perBand;
          for (let y = 0; y < rows && y < both * share; y++) {
            const pixel = y < compute * share ? fills.compute.pixel : fills.exposed.pixel;
            pixels[((band + 1) * bandPixels - 1 - y) * columnCount + column] = pixelOf(pixel, 255);
          }
        }
      }
    });
    this.#canvas.width = image.width;
    this.#canvas.height = image.height;
    this.#canvas.getContext('2d')?.drawImage(image, 0, 0);
  }

  show(window: TimeWindow, widthPx: number): void {
    const group = select<SVGGElement, unknown>(this.#group);
    if (widthPx !== this.#widthPx) {
      this.#widthPx = widthPx;
      this.#svg.setAttribute('width', String(widthPx));
      this.#brush.extent([
        [0, 0],
        [widthPx, OVERVIEW_PX],
      ]);
      group.call(this.#brush);
    }
    this.#window = window;
    if (this.#isHeld) return;
    const x = (timeNs: number): number => Math.min(Math.max((timeNs / this.#endNs) * widthPx, 0), widthPx);
    const [from, to] = [x(window.startNs), x(window.endNs)];
    // Never so narrow that it could not be taken hold of.
    const middle = Math.min(Math.max((from + to) / 2, 2), widthPx - 2);
    group.call(this.#brush.move, to - from < 4 ? [middle - 2, middle + 2] : [from, to]);
  }

  #windowOf([from, to]: readonly [number, number]): TimeWindow {
    const timeAt = (x: number): number => Math.round((x / Math.max(this.#widthPx, 1)) * this.#endNs);
    return { startNs: timeAt(from), endNs: timeAt(to) };
  }

  #centredAt(x: number): TimeWindow {
    const length = lengthOf(this.#window);
    const startNs = Math.round((x / Math.max(this.#widthPx, 1)) * this.#endNs - length / 2);
    return { startNs, endNs: startNs + length };
  }
}
