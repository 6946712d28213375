/** What tracks are called beside the timeline. */
import type { RunInfo } from '../../src/session/requests/protocol.ts';

const UNIT = /\s*\([^()]*\)$/;

/** A series whose name the counter has already is not said twice: "HBM 0/Read" of "Read(MB/s)". */
export function trackName({ tracks }: RunInfo, track: number): string {
  const { name, series } = tracks[track];
  return name.endsWith(series.replace(UNIT, '')) ? name : `${name} ${series}`;
}

export function longTrackName(info: RunInfo, track: number): string {
  const { process, group } = info.tracks[track];
  return `${info.groups[group].label} · ${process} · ${trackName(info, track)}`;
}
