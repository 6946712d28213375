/** Draws a scene: a function of it and of nothing else. */
import { HEIGHTS } from '../rows.ts';
import type { PlacedRow } from '../arrangement.ts';
import { type Scene, stretchOf } from '../scene.ts';
import { moved, shiftedScale } from '../shifts.ts';
import type { Frame } from './frame.ts';
import type { Labels } from './labels.ts';
import {
  type ArrowMark,
  drawArea,
  drawArrow,
  drawHighlights,
  drawMeasure,
  drawOutline,
  drawPointer,
  type Mark,
} from './marks.ts';
import { drawSlices } from './slices.ts';
import { drawSteps } from './steps.ts';

const PAD_PX = 2;
const MOST_HIGHLIGHTS = 20_000;

export function drawPicture(frame: Frame, labels: Labels, scene: Scene): void {
  const { context, palette, scale } = frame;
  const { arrangement } = scene;
  context.fillStyle = palette.plain.surface;
  context.fillRect(0, 0, scale.widthPx, frame.heightPx);
  clipped(frame, arrangement.fixedPx, () => {
    for (const placed of arrangement.scrollingRows()) drawRow(frame, labels, scene, placed);
  });
  for (const placed of arrangement.pinnedRows()) drawRow(frame, labels, scene, placed);
  drawOutside(frame, scene);
  const marks = (): void => drawMarks(frame, scene);
  clipped(frame, arrangement.stepsPx, marks);
  if (arrangement.stepsPx > 0) {
    const shiftNs = scene.shifts.ofDevice(scene.steps[0]?.device ?? -1);
    drawSteps({ ...frame, scale: shiftedScale(scale, shiftNs) }, labels, scene.steps, scene.stepName);
  }
  if (arrangement.pinned.rows.length > 0) {
    context.fillStyle = palette.plain.accent;
    context.fillRect(0, arrangement.fixedPx - 1, scale.widthPx, 1);
  }
  if (scene.measure !== null) drawMeasure(frame, scene.measure, arrangement.stepsPx + 14);
  if (scene.pointerNs !== null) drawPointer(frame, scene.pointerNs);
}

function clipped({ context, scale, heightPx }: Frame, fromPx: number, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(0, fromPx, scale.widthPx, heightPx - fromPx);
  context.clip();
  draw();
  context.restore();
}

function drawRow(whole: Frame, labels: Labels, scene: Scene, { row, yPx, isPinned }: PlacedRow): void {
  const shiftNs = scene.shifts.ofRow(row);
  const frame = { ...whole, scale: shiftedScale(whole.scale, shiftNs) };
  const { context, palette, scale } = frame;
  const answers = scene.answersOf(shiftNs);
  switch (row.kind) {
    case 'group': {
      context.fillStyle = palette.plain.raised;
      context.fillRect(0, yPx, scale.widthPx, row.heightPx);
      context.fillStyle = palette.plain.line;
      context.fillRect(0, yPx, scale.widthPx, 1);
      const { device } = row.group;
      if (device < 0) return;
      const height = HEIGHTS.device - 2 * PAD_PX - 1;
      answers.devices?.draw(frame, labels, device, yPx + PAD_PX + 1, height, scene.causes);
      return;
    }
    case 'process':
      context.fillStyle = palette.plain.line;
      context.fillRect(0, yPx + row.heightPx - 1, scale.widthPx, 1);
      return;
    case 'track': {
      const info = scene.info.tracks[row.track];
      if (isPinned) {
        context.fillStyle = palette.plain.raised;
        context.fillRect(0, yPx, scale.widthPx, row.heightPx);
      }
      if (info.kind === 'counter') {
        answers.counters?.draw(frame, row.track, info.unit, yPx);
      } else if (answers.slices !== undefined) {
        const { answer, image } = answers.slices;
        drawSlices(frame, answer, image, labels, row.track, yPx);
      }
      answers.instants?.draw(frame, labels, info, row.track, yPx);
    }
  }
}

/** Before the run and after it there is nothing, which is not the same as idle. */
function drawOutside({ context, palette, scale, heightPx }: Frame, { info }: Scene): void {
  context.globalAlpha = 0.06;
  context.fillStyle = palette.plain.text;
  const [from, to] = [scale.x(0), scale.x(info.endNs)];
  if (from > 0) context.fillRect(0, 0, Math.min(from, scale.widthPx), heightPx);
  if (to < scale.widthPx) context.fillRect(Math.max(to, 0), 0, scale.widthPx - Math.max(to, 0), heightPx);
  context.globalAlpha = 1;
}

function drawMarks(frame: Frame, scene: Scene): void {
  const { state, outlined, bubble, arrangement } = scene;
  if (scene.instances !== null) drawHighlights(frame, highlightMarks(frame, scene), arrangement.fixedPx);
  if (state.area !== null) {
    for (const mark of areaMarks(scene)) drawArea(frame, mark);
  }
  if (bubble !== null) {
    const placed = arrangement.main.rows.findIndex((row) => row.kind === 'group' && row.group.device === bubble.device);
    if (placed >= 0) {
      const yPx = arrangement.fixedPx + arrangement.main.topsPx[placed] - arrangement.scrollPx + PAD_PX;
      const times = moved(timesOf(bubble), scene.shifts.ofDevice(bubble.device));
      drawOutline(frame, { ...times, yPx, heightPx: HEIGHTS.device - 2 * PAD_PX });
    }
  }
  if (outlined !== null) {
    const stretch = stretchOf(scene, outlined, outlined.startNs + outlined.durNs / 2);
    if (stretch !== undefined)
      drawOutline(frame, { ...stretch, ...moved(timesOf(outlined), scene.shifts.ofTrack(outlined.track)) });
  }
  for (const arrow of arrowMarks(scene)) drawArrow(frame, arrow);
}

const timesOf = ({ startNs, durNs }: { startNs: number; durNs: number }) => ({ startNs, endNs: startNs + durNs });

function highlightMarks({ scale, heightPx }: Frame, scene: Scene): Mark[] {
  const { track, slice, startNs, durNs } = scene.instances!;
  const marks: Mark[] = [];
  for (let at = 0; at < track.length && marks.length < MOST_HIGHLIGHTS; at++) {
    const drawn = moved({ startNs: startNs[at], endNs: startNs[at] + durNs[at] }, scene.shifts.ofTrack(track[at]));
    if (drawn.startNs > scale.endNs || drawn.endNs < scale.startNs) continue;
    const placed = scene.arrangement.ofTrack(track[at]);
    if (placed?.row.kind !== 'track' || placed.yPx > heightPx || placed.yPx + placed.row.heightPx < 0) continue;
    const isWide = durNs[at] > 4 * scale.nsPerPx;
    const ref = { track: track[at], slice: slice[at] };
    const whole = { yPx: placed.yPx, heightPx: placed.row.heightPx - HEIGHTS.gap };
    const stretch = isWide ? (stretchOf(scene, ref, startNs[at] + durNs[at] / 2) ?? whole) : whole;
    marks.push({ ...stretch, ...drawn });
  }
  return marks;
}

/** One rectangle for tracks that stand one below the other. */
function areaMarks({ state, arrangement, shifts }: Scene): Mark[] {
  const area = state.area!;
  // All its tracks are of one shift.
  const times = moved(area, shifts.ofTrack(area.tracks[0] ?? 0));
  const places = area.tracks.flatMap((track) => arrangement.ofTrack(track) ?? []);
  const marks: Mark[] = [];
  for (const { yPx, row } of places.sort((a, b) => a.yPx - b.yPx)) {
    const last = marks.at(-1);
    if (last !== undefined && yPx <= last.yPx + last.heightPx + HEIGHTS.device + HEIGHTS.process) {
      marks[marks.length - 1] = { ...last, heightPx: Math.max(last.heightPx, yPx + row.heightPx - last.yPx) };
    } else {
      marks.push({ ...times, yPx, heightPx: row.heightPx });
    }
  }
  return marks;
}

function arrowMarks(scene: Scene): ArrowMark[] {
  const { selected, bubble } = scene;
  const middle = (ref: { track: number; slice: number; startNs: number; durNs: number }): number | undefined => {
    const stretch = stretchOf(scene, ref, ref.startNs + ref.durNs / 2);
    return stretch === undefined ? undefined : stretch.yPx + Math.min(stretch.heightPx, HEIGHTS.slices) / 2;
  };
  const pairs = [];
  if (selected !== null) {
    for (const { isTo, place } of selected.arrows) pairs.push(isTo ? [selected, place] : [place, selected]);
    // The other ranks' sides of a collective.
    for (const { place, isThis } of selected.counterparts) if (place !== null && !isThis) pairs.push([selected, place]);
  }
  if (bubble !== null && bubble.launch !== null && bubble.after !== null) pairs.push([bubble.launch, bubble.after]);
  return pairs.flatMap(([from, to]) => {
    const [fromY, toY] = [middle(from), middle(to)];
    if (fromY === undefined || toY === undefined) return [];
    const [fromNs, toNs] = [from, to].map(({ track, startNs }) => startNs + scene.shifts.ofTrack(track));
    return [{ fromNs, fromY, toNs, toY }];
  });
}
