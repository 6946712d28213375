/**
 * Perfetto traces of track events, from any tool: protobuf packets as perfetto.dev documents them (TracePacket,
 * TrackEvent, TrackDescriptor). Read: slices, instants, counters, flows, interned strings, clocks of sequences, annotations
 * of every kind, packed packets, legacy events. Counted: packets of other sources (ftrace, process statistics, ...).
 * Odd rules: an end closes what its track began last, whatever it is called; lanes are siblings of one name; packets may
 * lie out of order in the file.
 */
import type { Reader } from '../reader.ts';
import { sniffPackets } from './sniff.ts';

export const perfettoTrace: Reader = {
  id: 'perfetto-trace',
  vendor: 'any',
  label: 'Perfetto trace',
  role: 'timeline',
  sniff: sniffPackets,
  async load() {
    const { loadPerfetto } = await import('./load.ts');
    return loadPerfetto;
  },
};
