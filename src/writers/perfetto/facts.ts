import { NONE, type Process, type Track } from '../../timeline/index.ts';

/**
 * What Perfetto has no place for, as JSON beside the descriptor that stands for a process or a track, so that reading the
 * trace gives the timeline back. What is as it is by default is left out.
 */
export function processFacts({ name, key, label, side, osPid, rank, device, sortKey }: Process): string {
  return facts('process', { name, key, label, side, osPid, rank, device, sortKey });
}

/** Of the first lane of a track; the others say only which they are, counting from it. */
export function trackFacts({ kind, name, key, stream, sortKey, series, unit }: Track): string {
  return facts('track', { kind, name, key, stream, sortKey, series, unit });
}

export function laneFacts(lane: number): string {
  return facts('track', { lane });
}

function facts(of: string, values: Readonly<Record<string, string | number | undefined>>): string {
  const said = Object.entries(values).filter(
    ([key, value]) => value !== '' && value !== (key === 'sortKey' ? Number.MAX_SAFE_INTEGER : NONE),
  );
  return JSON.stringify({ [of]: Object.fromEntries(said) });
}
