/** The timeline as a picture of its own: tracks with their names and the axis of time, on whatever draws. */
import { formatShortDuration } from '../../src/report/format.ts';
import type { PlacedRow } from '../timeline/arrangement.ts';
import type { Pen } from '../timeline/draw/frame.ts';
import type { Labels } from '../timeline/draw/labels.ts';
import { drawPicture } from '../timeline/draw/picture.ts';
import { longTrackName, trackName } from '../timeline/track-names.ts';
import type { Palette } from '../timeline/palette.ts';
import type { Scene } from '../timeline/scene.ts';
import { exactTime, timeAxis } from '../timeline/time-axis.ts';
import { lengthOf, type TimeScale, type TimeWindow } from '../timeline/time-window.ts';

export interface Picture {
  readonly scene: Scene;
  readonly scale: TimeScale;
  readonly palette: Palette;
  readonly labels: Labels;
  /** Knows how wide texts are. */
  readonly measure: CanvasRenderingContext2D;
  /** Of the tracks. */
  readonly heightPx: number;
}

const GUTTER_PX = 240;
const TITLE_PX = 24;
const AXIS_PX = 26;
const TRACKS_PX = TITLE_PX + AXIS_PX;
const PAD_PX = 8;
const INDENT_PX = 12;
const EDGE_PX = 30;

export const sizeOf = ({ scale, heightPx }: Picture): { readonly widthPx: number; readonly heightPx: number } => ({
  widthPx: GUTTER_PX + scale.widthPx,
  heightPx: TRACKS_PX + heightPx,
});

export function drawSheet(pen: Pen, picture: Picture, pixelRatio: number): void {
  const { scale, scene, palette, labels, heightPx } = picture;
  const size = sizeOf(picture);
  pen.textBaseline = 'middle';
  pen.font = fontOf(palette);
  pen.fillStyle = palette.plain.surface;
  pen.fillRect(0, 0, size.widthPx, size.heightPx);
  drawTitle(pen, picture);
  drawAxis(pen, picture);
  const frame = { context: pen, scale, palette, pixelRatio, heightPx };
  within(pen, [GUTTER_PX, TRACKS_PX, scale.widthPx, heightPx], () => drawPicture(frame, labels, scene));
  drawNames(pen, picture);
  pen.fillStyle = palette.plain.line;
  pen.fillRect(GUTTER_PX - 1, TITLE_PX, 1, size.heightPx - TITLE_PX);
}

const fontOf = ({ font }: Palette, weight = ''): string => `${weight}12px ${font}`;

function within(pen: Pen, [x, y, width, height]: readonly [number, number, number, number], draw: () => void): void {
  pen.save();
  pen.translate(x, y);
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.clip();
  draw();
  pen.restore();
}

function drawTitle(pen: Pen, picture: Picture): void {
  const { scene, scale, palette, labels } = picture;
  const range = `${exactTime(scale.startNs)} – ${exactTime(scale.endNs)}  (${formatShortDuration(lengthOf(scale))})`;
  const { widthPx } = sizeOf(picture);
  pen.fillStyle = palette.plain.text;
  pen.fillText(labels.fit(`${scene.info.name} · ${range}`, widthPx - 2 * PAD_PX), PAD_PX, TITLE_PX / 2);
}

function drawAxis(pen: Pen, { scale, palette, labels }: Picture): void {
  const { ticks, baseLabel } = timeAxis(scale, scale.widthPx);
  pen.fillStyle = palette.plain.quiet;
  if (baseLabel !== '')
    pen.fillText(labels.fit(`${baseLabel} +`, GUTTER_PX - 2 * PAD_PX), PAD_PX, TITLE_PX + AXIS_PX / 2);
  for (const { timeNs, label } of ticks) {
    const x = scale.x(timeNs);
    const width = pen.measureText(label).width;
    const left = x < EDGE_PX ? x : Math.min(x - width / 2, scale.widthPx - width - 2);
    pen.fillText(label, GUTTER_PX + left, TITLE_PX + AXIS_PX / 2 - 3);
    pen.fillRect(GUTTER_PX + x, TRACKS_PX - 6, 1, 6);
  }
  pen.fillRect(GUTTER_PX, TRACKS_PX - 1, scale.widthPx, 1);
}

function drawNames(pen: Pen, { scene, heightPx, palette, labels }: Picture): void {
  const { arrangement } = scene;
  const draw = (placed: PlacedRow): void => {
    const [name, depth] = nameOf(placed, scene);
    const left = PAD_PX + depth * INDENT_PX;
    const height = placed.row.kind === 'track' ? Math.min(placed.row.heightPx, 20) : placed.row.heightPx;
    pen.font = fontOf(palette, placed.row.kind === 'group' ? 'bold ' : '');
    pen.fillStyle = placed.row.kind === 'process' ? palette.plain.quiet : palette.plain.text;
    pen.fillText(labels.fit(name, GUTTER_PX - PAD_PX - left), left, placed.yPx + height / 2);
  };
  const { fixedPx } = arrangement;
  within(pen, [0, TRACKS_PX, GUTTER_PX, heightPx], () => arrangement.pinnedRows().forEach(draw));
  within(pen, [0, TRACKS_PX + fixedPx, GUTTER_PX, Math.max(heightPx - fixedPx, 0)], () => {
    pen.translate(0, -fixedPx);
    arrangement.scrollingRows().forEach(draw);
  });
  pen.font = fontOf(palette);
}

function nameOf({ row, isPinned }: PlacedRow, { info }: Scene): readonly [name: string, depth: number] {
  switch (row.kind) {
    case 'group':
      return [row.group.label, row.level];
    case 'process':
      return [row.name, row.level];
    case 'track':
      return isPinned ? [longTrackName(info, row.track), 0] : [trackName(info, row.track), row.level];
  }
}

/** Of the run's name and what is seen of it: no sign that a file system could take amiss. */
export function fileNameOf(name: string, { startNs, endNs }: TimeWindow, ending: string): string {
  const plain = name
    .replace(/.*[\\/](?=.)/, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return `${plain === '' ? 'run' : plain.slice(0, 100)}_${startNs}-${endNs}ns.${ending}`;
}
