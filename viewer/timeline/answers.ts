/** What is known of the part of the run in view, and the questions that keep it so. */
import type { RunInfo, ViewerApi, Window } from '../../src/session/requests/protocol.ts';
import type { ViewState } from '../state.ts';
import type { Arrangement, PlacedRow } from './arrangement.ts';
import { DeviceAnswer } from './device-answer.ts';
import { CounterStrips } from './draw/counters.ts';
import { DeviceStrips } from './draw/devices.ts';
import { INSTANT_COLUMN_PX, InstantMarks } from './draw/instants.ts';
import { paintSlices } from './draw/slices.ts';
import { gridFor, isEnough, isNearEdge } from './grid.ts';
import { Latest } from './latest.ts';
import type { Palette } from './palette.ts';
import { isCounter } from './rows.ts';
import { WindowAnswer } from './window-answer.ts';

/** Hundreds of devices are asked for with fewer columns each. */
const MOST_DEVICE_CELLS = 400_000;
/** Rows above and below the ones in view that are asked for along with them. */
const ROWS_AROUND_PX = 200;

/** Painted when it is first drawn: of answers that come between two frames only the last is. */
class SlicePicture {
  readonly answer: WindowAnswer;
  readonly #palette: () => Palette;
  #image: OffscreenCanvas | undefined;

  constructor(answer: WindowAnswer, palette: () => Palette) {
    this.answer = answer;
    this.#palette = palette;
  }

  get image(): OffscreenCanvas {
    return (this.#image ??= paintSlices(this.answer, this.#palette()));
  }
}

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

export class Answers {
  slices: SlicePicture | undefined;
  devices: DeviceStrips | undefined;
  counters: CounterStrips | undefined;
  instants: InstantMarks | undefined;
  readonly #info: RunInfo;
  readonly #palette: () => Palette;
  readonly #window: Latest<WindowAnswer['ask'], WindowAnswer>;
  readonly #devices: Latest<DeviceAnswer['ask'], DeviceAnswer>;
  readonly #counters: Latest<CounterStrips['ask'], CounterStrips>;
  readonly #instants: Latest<InstantMarks['ask'], InstantMarks>;

  constructor(
    api: ViewerApi,
    run: number,
    info: RunInfo,
    palette: () => Palette,
    changed: () => void,
    failed: (why: unknown) => void,
  ) {
    this.#info = info;
    this.#palette = palette;
    this.#window = new Latest(
      async (ask) => new WindowAnswer(ask, await api.ask(run, 'window', ask)),
      (answer) => {
        this.slices = new SlicePicture(answer, palette);
        changed();
      },
      failed,
      nextFrame,
    );
    this.#devices = new Latest(
      async (ask) => new DeviceAnswer(ask, await api.ask(run, 'devices', ask)),
      (answer) => {
        this.devices = new DeviceStrips(answer);
        changed();
      },
      failed,
      nextFrame,
    );
    this.#counters = new Latest(
      async (ask) => new CounterStrips(ask, await api.ask(run, 'counters', ask)),
      (answer) => {
        this.counters = answer;
        changed();
      },
      failed,
      nextFrame,
    );
    this.#instants = new Latest(
      async (ask) => new InstantMarks(ask, await api.ask(run, 'instants', ask)),
      (answer) => {
        this.instants = answer;
        changed();
      },
      failed,
      nextFrame,
    );
  }

  /** Asks for what is in view and not known. */
  want(
    state: ViewState,
    arrangement: Arrangement,
    columnsInView: number,
    isOwn: (track: number) => boolean = () => true,
  ): void {
    const grid = gridFor(state, columnsInView);
    const [seen, around] = [0, ROWS_AROUND_PX].map((aroundPx) =>
      tracksOf([...arrangement.pinnedRows(), ...arrangement.scrollingRows(aroundPx)]).filter(isOwn),
    );
    if (seen.length > 0) this.#wantTracks(state, grid, seen, around);
    this.#wantInstants(state, columnsInView, seen, around);
    if (this.#info.devices.length > 0) this.#wantDevices(state, columnsInView);
  }

  /** Draws what is known in other colours. */
  repaint(): void {
    if (this.slices !== undefined) this.slices = new SlicePicture(this.slices.answer, this.#palette);
    this.devices = this.devices?.repainted();
    this.counters?.forget();
  }

  stop(): void {
    for (const each of [this.#window, this.#devices, this.#counters, this.#instants]) each.stop();
  }

  #wantTracks(state: ViewState, grid: Window, seen: readonly number[], around: readonly number[]): void {
    const { tracks } = this.#info;
    const [counters, slices] = [true, false].map((wanted) =>
      around.filter((track) => isCounter(tracks[track]) === wanted),
    );
    const missing = (known: readonly number[] | undefined, isWanted: (track: number) => boolean): boolean => {
      const there = new Set(known);
      return seen.some((track) => isWanted(track) && !there.has(track));
    };
    const sliceAsk = this.slices?.answer.ask;
    const isOtherColour = sliceAsk?.colourBy !== state.colourBy;
    const lacksSlices = missing(sliceAsk?.tracks, (track) => !isCounter(tracks[track]));
    if (slices.length > 0 && (isOtherColour || lacksSlices || !isKnown(sliceAsk, grid, state))) {
      this.#window.want({ ...grid, tracks: slices, colourBy: state.colourBy });
    }
    const counterAsk = this.counters?.ask;
    const lacksCounters = missing(counterAsk?.tracks, (track) => isCounter(tracks[track]));
    if (counters.length > 0 && (lacksCounters || !isKnown(counterAsk, grid, state))) {
      this.#counters.want({ ...grid, tracks: counters });
    }
  }

  #wantInstants(state: ViewState, columnsInView: number, seen: readonly number[], around: readonly number[]): void {
    const [seenWith, tracks] = [seen, around].map((all) =>
      all.filter((track) => this.#info.tracks[track].instantCount > 0),
    );
    if (seenWith.length === 0) return;
    const grid = gridFor(state, Math.ceil(columnsInView / INSTANT_COLUMN_PX));
    const known = this.instants?.ask;
    const isLacking = seenWith.some((track) => known?.tracks.includes(track) !== true);
    if (isLacking || !isKnown(known, grid, state)) this.#instants.want({ ...grid, tracks });
  }

  #wantDevices(state: ViewState, columnsInView: number): void {
    const most = Math.max(200, Math.floor(MOST_DEVICE_CELLS / this.#info.devices.length));
    const grid = gridFor(state, Math.min(columnsInView, most));
    if (!isKnown(this.devices?.answer.ask, grid, state)) this.#devices.want({ ...grid, kind: 'device' });
  }
}

function isKnown(known: Window | undefined, wanted: Window, window: ViewState): boolean {
  return known !== undefined && isEnough(known, wanted, window) && !isNearEdge(known, window);
}

const tracksOf = (rows: readonly PlacedRow[]): number[] => [
  ...new Set(rows.flatMap(({ row }) => (row.kind === 'track' ? [row.track] : []))),
];
