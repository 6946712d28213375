import type { Diagnostics } from '../../base/index.ts';
import type { ByteBuffer } from '../../bytes/byte-buffer.ts';
import type { Run, Shard } from '../../timeline/index.ts';
import { ArgsMemory } from '../args-memory.ts';
import { boundArrows } from '../flow-binding.ts';
import { OutputBuffer, RowProgress } from '../output-buffer.ts';
import { runFacts, tracksOfShard } from '../run-order.ts';
import { isWorthTwin } from '../twin.ts';
import { loadedWindows } from '../windows.ts';
import type { Output, WriteOptions } from '../writer.ts';
import { FlowEvents } from './flows.ts';
import { ChromeLayout, type CounterRow } from './layout.ts';
import { SliceEvents } from './slices.ts';
import { StringTexts } from './string-texts.ts';
import { TimeText, writeInteger } from './time-text.ts';
import { RowBatch } from './wasm/row-batch.ts';

const AFTER_VALUE = new TextEncoder().encode('}}');

/**
 * Chrome Trace Event JSON that strict parsers and every known consumer load: an object, one event per line, times in
 * microseconds with three decimals from the run's origin, ids that fit 31 bits, overlapping slices on rows of their own.
 * With `absoluteTime` the digits are exact, but a consumer that reads them into doubles loses the nanoseconds.
 */
export async function writeChromeJson(
  run: Run,
  output: Output,
  diagnostics: Diagnostics,
  options: WriteOptions,
): Promise<void> {
  const writer = new ChromeWriter(run, output, diagnostics, options);
  await writer.write();
}

class ChromeWriter {
  readonly #run: Run;
  readonly #buffer: OutputBuffer;
  readonly #diagnostics: Diagnostics;
  readonly #layout: ChromeLayout;
  readonly #times: TimeText;
  readonly #progress: RowProgress;
  readonly #batch: RowBatch | undefined;
  #nextFlowId = 1;

  constructor(run: Run, output: Output, diagnostics: Diagnostics, options: WriteOptions) {
    const zeroNs = options.absoluteTime ? run.originNs : 0n;
    this.#run = run;
    this.#progress = new RowProgress(run, options);
    this.#batch = isWorthTwin(run, options) ? RowBatch.create(output, zeroNs) : undefined;
    this.#buffer = this.#batch?.buffer ?? new OutputBuffer(output);
    this.#diagnostics = diagnostics;
    this.#layout = new ChromeLayout(run);
    this.#times = new TimeText(zeroNs);
  }

  async write(): Promise<void> {
    const otherData = JSON.stringify(Object.fromEntries(runFacts(this.#run)));
    this.#buffer.text(`{"displayTimeUnit":"ns","otherData":${otherData},"traceEvents":[\n`);
    for (const [index, event] of this.#layout.metadata.entries()) {
      if (index > 0) this.#buffer.ascii(',\n');
      this.#buffer.text(JSON.stringify(event));
      if (this.#buffer.isFull) await this.#buffer.flush();
    }
    for (const [index, shard] of this.#run.shards.entries()) {
      const strings = new StringTexts(shard.timeline.strings);
      this.#batch?.useStrings(shard.timeline.strings);
      await this.#writeSlices(index, shard, strings);
      await this.#writeFlows(index, shard, strings);
      await this.#writeCounters(index, shard);
      this.#batch?.run();
    }
    this.#buffer.text('\n]}\n');
    await this.#buffer.flush();
  }

  async #writeSlices(index: number, shard: Shard, strings: StringTexts): Promise<void> {
    const lanes = this.#layout.lanes[index];
    const events = new SliceEvents(this.#buffer, shard, lanes, strings, this.#times, this.#batch, this.#diagnostics);
    const tracks = tracksOfShard(this.#layout.processes, index);
    const argsMemory = this.#batch?.argsMemory;
    const memory = argsMemory === undefined ? undefined : new ArgsMemory(shard.timeline.args, () => argsMemory);
    for await (const window of loadedWindows(shard.timeline, tracks, memory)) {
      while (window.at < window.order.length) {
        events.write(window);
        if (this.#buffer.isFull) await this.#buffer.flush();
      }
      this.#progress.advance(window.order.length);
    }
  }

  /** After the slices, so that an end at the very start of its slice comes behind it for consumers that sort. */
  async #writeFlows(index: number, shard: Shard, strings: StringTexts): Promise<void> {
    const events = new FlowEvents(this.#buffer, shard, this.#layout.lanes[index], strings, this.#times, this.#batch);
    const arrows = boundArrows(shard.timeline, this.#diagnostics);
    for (let arrow = 0; arrow < arrows.length; arrow++) {
      events.arrow(arrows, arrow, this.#nextFlowId++);
      if (this.#buffer.isFull) await this.#buffer.flush();
    }
  }

  async #writeCounters(index: number, shard: Shard): Promise<void> {
    const { counterRange, counters } = shard.timeline;
    for (const [track, row] of this.#layout.counters[index].entries()) {
      if (row === undefined) continue;
      for (let sample = counterRange[track]; sample < counterRange[track + 1]; sample++) {
        const value = counters.value[sample];
        if (Number.isFinite(value)) this.#writeSample(row, counters.timeNs[sample] + shard.shiftNs, value);
        else this.#diagnostics.add('counter_not_numeric');
        if (this.#buffer.isFull) await this.#buffer.flush();
      }
      this.#progress.advance(counterRange[track + 1] - counterRange[track]);
    }
  }

  #writeSample({ head, beforeValue }: CounterRow, timeNs: number, value: number): void {
    if (this.#batch !== undefined) {
      if (this.#batch.addSample(head, timeNs, beforeValue, value)) return;
      this.#batch.run();
    }
    this.#buffer.append(head.bytes);
    this.#times.writeTime(this.#buffer, timeNs);
    this.#buffer.append(beforeValue.bytes);
    writeNumber(this.#buffer, value);
    this.#buffer.append(AFTER_VALUE);
  }
}

function writeNumber(buffer: ByteBuffer, value: number): void {
  if (value >= 0 && Number.isSafeInteger(value)) writeInteger(buffer, value);
  else buffer.ascii(String(value));
}
