import type { ReportDocument } from '../document/report-document.ts';
import type { ReportFlame, ReportFrame } from '../document/host-document.ts';
import { formatCount, formatShare, formatShortDuration } from '../format.ts';
import type { ReportTexts } from '../texts.ts';
import type { Block, Column, Part, Table } from './part.ts';

const MOST_INDENT = 40;
/** Spaces that no renderer takes for one. */
const INDENT = '\u00a0';

/** The stacks of host threads as a tree: of what is large enough for people, and for machines all of it. */
export function flamePart({ flame }: ReportDocument, texts: ReportTexts): Part {
  const { sentences, words } = texts;
  const title = words.sections.flame;
  if (flame === null) return { section: 'flame', title, blocks: [], main: undefined };
  const { hostNs, deviceNs, launchedNs, foldedCount, leastShare, frames } = flame;
  if (frames.length === 0) {
    return { section: 'flame', title, blocks: [{ sentence: [sentences.noStacks], isQuiet: true }], main: whole(flame) };
  }
  const tree = treeOf(flame);
  const blocks: Block[] = [
    {
      sentence: [
        sentences.stacks(formatShortDuration(hostNs), formatShortDuration(launchedNs), formatShortDuration(deviceNs)),
      ],
    },
    { table: tree },
  ];
  const left = frames.length - tree.rows.length;
  if (left > 0)
    blocks.push({ sentence: [sentences.smallFrames(formatCount(left), formatShare(leastShare))], isQuiet: true });
  if (foldedCount > 0) blocks.push({ sentence: [sentences.foldedFrames(formatCount(foldedCount))], isQuiet: true });
  return { section: 'flame', title, blocks, main: whole(flame) };
}

function treeOf({ hostNs, launchedNs, leastShare, frames }: ReportFlame): Table {
  const columns: Column[] = [
    { id: 'frame', kind: 'name' },
    { id: 'hostTime', kind: 'duration' },
    { id: 'ofHost', kind: 'ratio' },
    { id: 'hostSelf', kind: 'duration', drop: 2 },
    { id: 'deviceTime', kind: 'duration' },
    { id: 'ofDevice', kind: 'ratio' },
    { id: 'count', kind: 'count', drop: 1 },
  ];
  const shareIn = (ns: number, allNs: number): number => (allNs === 0 ? 0 : ns / allNs);
  const isShown = (frame: ReportFrame): boolean =>
    shareIn(frame.hostNs, hostNs) >= leastShare || shareIn(frame.deviceNs, launchedNs) >= leastShare;
  const rows = frames
    .filter(isShown)
    .map((frame) => [
      ...[INDENT.repeat(Math.min(MOST_INDENT, frame.depth)) + frame.name, frame.hostNs, shareIn(frame.hostNs, hostNs)],
      ...[frame.hostSelfNs, frame.deviceNs, shareIn(frame.deviceNs, launchedNs), frame.count],
    ]);
  return { columns, rows, shown: rows.length };
}

/** For programs: frames are numbered from 0 in their order, and each names the one around it. */
function whole({ frames }: ReportFlame): Table {
  const columns: Column[] = [
    { id: 'frameNumber', kind: 'count' },
    { id: 'parent', kind: 'count' },
    { id: 'frame', kind: 'name' },
    { id: 'count', kind: 'count' },
    { id: 'hostTime', kind: 'duration' },
    { id: 'hostSelf', kind: 'duration' },
    { id: 'deviceTime', kind: 'duration' },
    { id: 'deviceSelf', kind: 'duration' },
    { id: 'launches', kind: 'count' },
  ];
  const rows = frames.map((frame, number) => [
    ...[number, frame.parent, frame.name, frame.count, frame.hostNs, frame.hostSelfNs, frame.deviceNs],
    ...[frame.deviceSelfNs, frame.launchCount],
  ]);
  return { columns, rows, shown: rows.length };
}
