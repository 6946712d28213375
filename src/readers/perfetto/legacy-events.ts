import { type EventRows, FLOW_END, NONE } from '../../timeline/index.ts';
import type { EventPacket, TrackEvents, TrackEventTarget } from './track-events.ts';

/**
 * LegacyEvent: what Chrome and its like still write, the phases of the JSON format in packets. Read: X, B/E, i/I/R, async
 * b/e/n and S/T/p/F, flows s/t/f and bind_id.
 */
export class LegacyEvents {
  readonly #target: TrackEventTarget;
  readonly #events: TrackEvents;

  constructor(target: TrackEventTarget, events: TrackEvents) {
    this.#target = target;
    this.#events = events;
  }

  add(packet: EventPacket, rows: EventRows, defaultTrack: number, timeNs: number): void {
    const { legacy } = this.#events.fields;
    const track = this.#track(packet, defaultTrack);
    switch (String.fromCharCode(legacy.phase)) {
      case 'X':
        this.#complete(packet, rows, track, timeNs);
        break;
      case 'B':
        this.#boundFlow(rows, track, timeNs, this.#events.begin(packet, rows, track, timeNs));
        break;
      case 'E':
        this.#events.end(packet, rows, track, timeNs);
        break;
      case 'i':
      case 'I':
      case 'R':
        this.#events.instant(packet, rows, track, timeNs);
        break;
      case 'b':
      case 'S':
        this.#events.begin(packet, rows, this.#asyncTrack(packet, track), timeNs);
        break;
      case 'e':
      case 'F':
        this.#events.end(packet, rows, this.#asyncTrack(packet, track), timeNs);
        break;
      case 'n':
      case 'T':
      case 'p':
        this.#events.instant(packet, rows, this.#asyncTrack(packet, track), timeNs);
        break;
      case 's':
        this.#flow(rows, track, timeNs, FLOW_END.start);
        break;
      case 't':
        this.#flow(rows, track, timeNs, FLOW_END.step);
        break;
      case 'f':
        this.#flow(rows, track, timeNs, legacy.bindsToEnclosing ? FLOW_END.finish : FLOW_END.finishAtNextSlice);
        break;
      default:
        this.#target.diagnostics.add('phase_unsupported', packet.place(), String.fromCharCode(legacy.phase));
        break;
    }
  }

  #track({ sequence }: EventPacket, track: number): number {
    const { pid, tid } = this.#events.fields.legacy;
    if (pid === undefined && tid === undefined) return track;
    return this.#target.tracks.thread(pid ?? sequence.pid, tid ?? sequence.tid);
  }

  #complete(packet: EventPacket, rows: EventRows, track: number, timeNs: number): void {
    const durNs = this.#events.fields.legacy.durationMicros * 1000;
    if (!Number.isSafeInteger(durNs) || durNs < 0 || !rows.reaches(timeNs + durNs)) {
      this.#target.diagnostics.add('duration_bad', packet.place());
      return;
    }
    this.#boundFlow(rows, track, timeNs, this.#events.begin(packet, rows, track, timeNs, durNs));
  }

  /** Of slices with one id, which open and close in it whatever thread they are on. */
  #asyncTrack({ sequence }: EventPacket, track: number): number {
    const { legacy, name, category } = this.#events.fields;
    const { strings } = this.#target.builder;
    const isLocal = legacy.scope === 'local';
    const key = `async ${category} ${legacy.scope} ${legacy.id} ${isLocal ? (legacy.pid ?? sequence.pid) : ''}`;
    const text = (): string => (name === NONE ? '' : new TextDecoder().decode(strings.bytesOf(name)));
    return this.#target.tracks.keyed(key, () => ({ name: text(), parent: track, isAsync: true }));
  }

  #flow(rows: EventRows, track: number, timeNs: number, end: number): void {
    const { legacy, name, category } = this.#events.fields;
    const id = `${category} ${name} ${legacy.scope} ${legacy.id}`;
    this.#target.flows.addKeyed(id, end, { rows, track, timeNs, slice: NONE, name, category });
  }

  /** bind_id with a direction makes the slice itself an end of an arrow. */
  #boundFlow(rows: EventRows, track: number, timeNs: number, slice: number): void {
    const { bindId, flowDirection } = this.#events.fields.legacy;
    if (bindId === '' || flowDirection === 0) return;
    const end = flowDirection === 1 ? FLOW_END.finish : flowDirection === 2 ? FLOW_END.start : FLOW_END.step;
    this.#target.flows.addKeyed(`bind ${bindId}`, end, { rows, track, timeNs, slice });
  }
}
