import type { Diagnostics } from '../../../base/index.ts';
import type { RawSession } from '../capture.ts';
import { FARTHEST_NS } from '../raw-rows.ts';

const FARTHEST_MICROS = BigInt(FARTHEST_NS) / 1000n;

/** Times of the host that are far from the first are damaged: such a session follows the one before it. */
export function withSoundHosts(sessions: readonly RawSession[], diagnostics: Diagnostics): RawSession[] {
  let firstMicros: bigint | undefined;
  return sessions.map((session) => {
    const { host, place, iteration } = session;
    if (host === undefined) return session;
    const fromMicros = firstMicros ?? host.beginMicros;
    if (host.beginMicros < fromMicros || host.endMicros - fromMicros >= FARTHEST_MICROS) {
      diagnostics.add('time_far_away', place, `the host's time of iteration ${iteration}`);
      return { ...session, host: undefined };
    }
    firstMicros = fromMicros;
    return session;
  });
}
