/**
 * How long a communication op waited, as its parts on the planes tell: the time in which some plane waits for a
 * notification and none moves data. The vendor's own figures look at one plane only; on real captures that waits for one
 * peer while 90 % of the op passes in waiting for another.
 */
import { type Timeline } from '../../timeline/index.ts';
import { Coverage } from '../coverage.ts';
import { difference, type Intervals, IntervalUnion, unionOf } from '../intervals.ts';

const WAIT = /^notify[ _]?wait/i;
/** Neither waits nor moves data. */
const SIGNAL = /^(notify|write[ _]value|event)/i;

/** Of each row of communication ops that has planes: when it waits, in the timeline's own time. */
export function planeWaits(timeline: Timeline): Map<number, Coverage> {
  const { slices, strings } = timeline;
  const kinds: ('wait' | 'signal' | 'transfer')[] = [];
  const kindAt = (slice: number): 'wait' | 'signal' | 'transfer' =>
    (kinds[slices.name[slice]] ??= kindOf(strings.get(slices.name[slice])));
  const waits = new Map<number, Coverage>();
  for (const [group, planes] of planesOfGroups(timeline)) {
    const waiting: Intervals[] = [];
    const moving: Intervals[] = [];
    for (const plane of planes) {
      const [ofWaits, ofTransfers] = [new IntervalUnion(), new IntervalUnion()];
      for (let slice = timeline.sliceRange[plane]; slice < timeline.sliceRange[plane + 1]; slice++) {
        const startNs = slices.startNs[slice];
        const kind = kindAt(slice);
        if (kind === 'wait') ofWaits.add(startNs, startNs + slices.durNs[slice]);
        else if (kind === 'transfer') ofTransfers.add(startNs, startNs + slices.durNs[slice]);
      }
      waiting.push(ofWaits.finish());
      moving.push(ofTransfers.finish());
    }
    waits.set(group, new Coverage(difference(unionOf(waiting), unionOf(moving))));
  }
  return waits;
}

function kindOf(name: string): 'wait' | 'signal' | 'transfer' {
  if (WAIT.test(name)) return 'wait';
  return SIGNAL.test(name) ? 'signal' : 'transfer';
}

/** The ids of planes follow that of their group. */
function planesOfGroups({ tracks, sliceRange }: Timeline): Map<number, number[]> {
  const inOrder = tracks
    .map((track, id) => ({ ...track, id }))
    .filter(({ kind }) => kind === 'communication' || kind === 'plane')
    .sort((a, b) => a.process - b.process || Number(a.key) - Number(b.key));
  const planes = new Map<number, number[]>();
  let group: (typeof inOrder)[number] | undefined;
  for (const track of inOrder) {
    if (track.kind === 'communication') group = track;
    else if (group?.process === track.process && sliceRange[track.id] < sliceRange[track.id + 1]) {
      planes.set(group.id, [...(planes.get(group.id) ?? []), track.id]);
    }
  }
  return planes;
}
