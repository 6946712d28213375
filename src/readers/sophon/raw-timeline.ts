/**
 * Makes a timeline of a raw capture: a process for each core, a track for each of its engines. A record is a slice from its
 * first cycle to the end of its last, so that commands without a pause between them have none.
 */
import type { Diagnostics } from '../../base/index.ts';
import type { ByteInterner } from '../../bytes/index.ts';
import { setOwnClock, TimelineBuilder, type Timeline } from '../../timeline/index.ts';
import type { RawCapture, RawSession } from './capture.ts';
import { type ClockWindow, type Frequencies, type LogClock, sessionClocks } from './clock.ts';
import type { EngineLog } from './engine-log.ts';
import { withSoundHosts } from './host/sound-hosts.ts';
import { addHostEvents, addHostSpan } from './host/host-rows.ts';
import { addLayers } from './layers/layer-rows.ts';
import { type SessionLayers, sessionLayers } from './layers/session-layers.ts';
import { type NamedShare, sumOfShares, tellLosses, tellNamesMissing } from './losses.ts';
import { matchCommands } from './match-commands.ts';
import { mcuShift } from './mcu/mcu-clock.ts';
import { addMcu } from './mcu/mcu-rows.ts';
import { RAW_COLUMNS } from './raw-columns.ts';
import { type McuWindow, setRawFacts } from './raw-facts.ts';
import { rawNaming } from './raw-naming.ts';
import { RawRows } from './raw-rows.ts';
import { addRecords, type KnownLog, RecordClock } from './record-rows.ts';
import { openingCount, recordKinds } from './record-kinds.ts';
import { addSimulation, layerEstimates } from './simulation/simulation-rows.ts';

export interface RawOptions {
  readonly rank: number;
  readonly device: number;
  readonly frequencies: Frequencies;
  readonly strings: ByteInterner | undefined;
}

export async function rawTimeline(
  capture: RawCapture,
  options: RawOptions,
  diagnostics: Diagnostics,
): Promise<Timeline> {
  const builder = new TimelineBuilder(RAW_COLUMNS, options.strings);
  const sound = { ...capture, sessions: withSoundHosts(capture.sessions, diagnostics) };
  const writing = new RawWriting(sound, builder, options.frequencies, diagnostics);
  for (const session of sound.sessions) writing.add(session);
  writing.tell();
  return builder.finish(rawNaming(options), diagnostics, writing.rows.args);
}

class RawWriting {
  readonly rows: RawRows;
  readonly #capture: RawCapture;
  readonly #frequencies: Frequencies;
  readonly #diagnostics: Diagnostics;
  readonly #beginMicros: bigint;
  readonly #windows: ClockWindow[] = [];
  readonly #mcuWindows: McuWindow[] = [];
  readonly #unaligned = new Set<number>();
  readonly #shares: NamedShare[] = [];
  #endNs = 0;
  #isSimulationAdded = false;

  constructor(capture: RawCapture, builder: TimelineBuilder, frequencies: Frequencies, diagnostics: Diagnostics) {
    this.#capture = capture;
    this.#frequencies = frequencies;
    this.#diagnostics = diagnostics;
    const hosts = capture.sessions.flatMap(
      ({ host, hostEvents: [event] }) => host?.beginMicros ?? event?.beginMicros ?? [],
    );
    this.#beginMicros = hosts[0] ?? 0n;
    this.rows = new RawRows(builder, builder.rowsAt(Number(this.#beginMicros), 0));
    this.rows.reserve(capture.sessions.flatMap(({ logs }) => logs));
  }

  add(session: RawSession): void {
    const { logs, host, iteration, hostEvents, place } = session;
    const { rows } = this;
    const matches = logs.map((log) => matchCommands(log, session.commands, openingCount(this.#capture.chip)));
    const found = sessionClocks(session, matches, this.#capture.chip, this.#frequencies);
    this.#windows.push(...found.windows);
    for (const core of found.unalignedCores) this.#unaligned.add(core);
    // Nothing tells when within the host's time the device began: its first record begins with it.
    const hostNs = host === undefined ? this.#endNs : Number(host.beginMicros - this.#beginMicros) * 1000;
    const fromNs = hostNs - earliestNs(logs, found.clocks);
    const clocks = logs.map((log, i) => new RecordClock(log, found.clocks[i], fromNs));
    const layers = sessionLayers(session, matches, this.#capture.layers);
    const kinds = logs.map((log, i) => recordKinds(log, matches[i], this.#capture.chip));
    const known = logs.map((log, i): KnownLog => {
      return { log, clock: clocks[i], match: matches[i], kinds: kinds[i], layers: layers.ofRecord[i] };
    });
    for (const each of known) this.#endNs = Math.max(this.#endNs, addRecords(rows, each, session, layers.runs));
    addLayers(rows, logs, clocks, layers);
    this.#addMcu(session, clocks, hostNs);
    if (host !== undefined && host.endMicros >= host.beginMicros) addHostSpan(rows, host, iteration);
    addHostEvents(rows, hostEvents, ({ name }) => this.#diagnostics.add('time_far_away', place, name));
    if (logs.length > 0) this.#addSimulation(known, layers, hostNs);
    this.#shares.push(...tellLosses(session, matches, kinds, this.#diagnostics));
  }

  #addMcu({ mcu, logs, iteration }: RawSession, clocks: readonly RecordClock[], hostNs: number): void {
    for (const log of mcu) {
      if (log.length === 0) continue;
      const window = mcuShift(log, logs, clocks);
      const { pairCount, widthNs } = window;
      const farCount = addMcu(this.rows, log, pairCount === 0 ? hostNs : window.middleNs);
      if (farCount > 0) this.#diagnostics.add('time_far_away', log.place, 'records of a microcontroller', farCount);
      const knownNs = Number.isFinite(widthNs) ? widthNs : null;
      this.#mcuWindows.push({ core: log.core, iteration, widthNs: knownNs, pairCount });
    }
  }

  /** Beside the first iteration: it is the same for all. */
  #addSimulation(known: readonly KnownLog[], layers: SessionLayers, fromNs: number): void {
    const { simulation } = this.#capture;
    if (simulation === undefined || this.#isSimulationAdded) return;
    this.#isSimulationAdded = true;
    addSimulation(this.rows, simulation.read, fromNs);
    const table = layerEstimates(simulation.read, simulation.path, layers.runs, known);
    if (table !== undefined) this.rows.builder.tables.push(table);
  }

  tell(): void {
    const { chip, simulation, sessions } = this.#capture;
    const named = sumOfShares(this.#shares);
    tellNamesMissing(named, sessions, this.#diagnostics);
    const hasHostClock = sessions.some(({ host, hostEvents }) => host !== undefined || hostEvents.length > 0);
    if (!hasHostClock) setOwnClock(this.rows.builder.metadata);
    setRawFacts(this.rows.builder.metadata, {
      chip: chip.label,
      frequencies: this.#frequencies,
      named,
      engineWindows: this.#windows,
      mcuWindows: this.#mcuWindows,
      unalignedCores: [...this.#unaligned],
      hasHostClock,
      flops: simulation?.read.flops ?? null,
    });
  }
}

function earliestNs(logs: readonly EngineLog[], clocks: readonly LogClock[]): number {
  const starts = logs.map(({ startCycle }, i) => (startCycle[0] * 1000) / clocks[i].mhz + clocks[i].shiftNs);
  return logs.length === 0 ? 0 : Math.min(...starts);
}
