import type { ReportDocument } from '../../document/report-document.ts';
import type { ReportFlame, ReportFrame } from '../../document/host-document.ts';
import { formatCount, formatShare, formatShortDuration } from '../../format.ts';
import type { ReportTexts } from '../../texts.ts';
import { chart, px } from '../charts/chart.ts';
import { classNameOf } from '../charts/categories.ts';
import { type Content, html, type Markup } from '../markup.ts';

const [WIDTH, ROW, LETTER] = [920, 17, 6.1];
/** Narrower ones nobody sees or points at. */
const LEAST_WIDTH = 0.7;
const MOST_ROWS = 48;
const COLOURS = 6;

/** Stacks from above: as wide as their time on the host, and again as wide as the time of what they launched. */
export function flameFigure({ flame }: ReportDocument, texts: ReportTexts): Content {
  if (flame === null || flame.frames.length === 0) return undefined;
  const { columns } = texts;
  const host = picture(flame, ({ hostNs }) => hostNs, columns.hostTime, texts);
  const device = picture(flame, ({ deviceNs }) => deviceNs, columns.deviceTime, texts);
  return flame.measure === 'host' ? [host, device] : [device, host];
}

function picture(flame: ReportFlame, nsOf: (frame: ReportFrame) => number, title: string, texts: ReportTexts): Content {
  const { frames } = flame;
  const wholeNs = frames.reduce((sum, frame) => (frame.parent === null ? sum + nsOf(frame) : sum), 0);
  if (wholeNs === 0) return undefined;
  /** By frame: where the next one inside it begins. */
  const nextX = new Float64Array(frames.length);
  let [nextRoot, rowCount] = [0, 0];
  const drawn: Markup[] = [];
  for (const [at, frame] of frames.entries()) {
    const width = (nsOf(frame) / wholeNs) * WIDTH;
    const x = frame.parent === null ? nextRoot : nextX[frame.parent];
    if (frame.parent === null) nextRoot += width;
    else nextX[frame.parent] += width;
    nextX[at] = x;
    if (width < LEAST_WIDTH || frame.depth >= MOST_ROWS) continue;
    rowCount = Math.max(rowCount, frame.depth + 1);
    drawn.push(frameMarkup(frame, x, width, tooltip(frame, nsOf(frame) / wholeNs, texts)));
  }
  const label = `${title}: ${formatShortDuration(wholeNs)}`;
  return html`<figure>
    <figcaption>${label}</figcaption>
    ${chart({ width: WIDTH, height: rowCount * ROW }, label, drawn)}
  </figure>`;
}

function frameMarkup({ name, depth }: ReportFrame, x: number, width: number, told: string): Markup {
  const y = depth * ROW;
  const letters = [...name];
  const room = Math.floor((width - 6) / LETTER);
  const text = letters.length <= room ? name : room < 4 ? '' : `${letters.slice(0, room - 1).join('')}…`;
  const label = text !== '' && html`<text class="frame" x="${px(x + 3)}" y="${y + 12}">${text}</text>`;
  return html`<g
    ><title>${told}</title
    ><rect
      class="${classNameOf(colourOf(name))}"
      x="${px(x)}"
      y="${y}"
      width="${px(width)}"
      height="${ROW - 1}"
      fill-opacity="0.45"
    />${label}</g
  >`;
}

function tooltip(frame: ReportFrame, share: number, { columns }: ReportTexts): string {
  return [
    frame.name,
    formatShare(share),
    `${columns.hostTime} ${formatShortDuration(frame.hostNs)} (${columns.self} ${formatShortDuration(frame.hostSelfNs)})`,
    `${columns.deviceTime} ${formatShortDuration(frame.deviceNs)}`,
    `${columns.count} ${formatCount(frame.count)}, ${columns.launches} ${formatCount(frame.launchCount)}`,
  ].join(' · ');
}

/** The same name has the same colour wherever it stands. */
function colourOf(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (hash * 31 + name.charCodeAt(at)) >>> 0;
  return hash % COLOURS;
}
