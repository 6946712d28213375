import type { Process, Timeline, TrackId } from '../../timeline/index.ts';

/** Threads on which a host runs programs. Beside known hosts, what is of unknown side are spans that tools made up. */
export function hostTracks({ processes, tracks }: Pick<Timeline, 'processes' | 'tracks'>): TrackId[] {
  const hasHost = processes.some(({ side }) => side === 'host');
  const isHost = (side: Process['side']): boolean => side === 'host' || (!hasHost && side === 'unknown');
  return tracks.flatMap(({ kind, process }, track) =>
    kind === 'thread' && isHost(processes[process].side) ? [track] : [],
  );
}
