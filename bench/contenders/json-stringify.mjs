// The rival of our Chrome writer: an object per event, JSON.stringify, the text into bytes a megabyte at a time.
import { report } from './measure.mjs';
import { boundFlows, timed, timeline, timeSlices } from './prepared-run.mjs';

const FLUSH_CHARACTERS = 1 << 20;

const { strings, slices, counters, flows, tracks } = timeline;
const counts = { slices: 0, counters: 0 };
let outputBytes = 0;
let text = '';

const arrows = boundFlows();
let tookMs = await timeSlices(writeSlices);
tookMs += timed(writeFlows) + timed(writeCounters);
report({ tookMs, outputBytes, counts });

function writeSlices(first, args) {
  for (let i = 0; i < args.length; i++) {
    const row = first + i;
    const event = {
      ph: 'X',
      ...place(slices.track[row], slices.lane[row]),
      ts: slices.startNs[row] / 1000,
      dur: slices.durNs[row] / 1000,
      name: strings.get(slices.name[row]),
    };
    if (slices.category[row] >= 0) event.cat = strings.get(slices.category[row]);
    if (args[i] !== undefined) event.args = args[i];
    add(event);
    counts.slices++;
  }
  flush();
}

function writeFlows() {
  for (let i = 0; i < arrows.length; i++) {
    const row = arrows[i];
    const common = { id: i + 1, name: strings.get(flows.name[row]) };
    if (flows.category[row] >= 0) common.cat = strings.get(flows.category[row]);
    const { fromSlice, toSlice } = flows;
    add({
      ph: 's',
      ...common,
      ...place(flows.fromTrack[row], slices.lane[fromSlice[row]]),
      ts: flows.fromNs[row] / 1000,
    });
    add({
      ph: 'f',
      bp: 'e',
      ...common,
      ...place(flows.toTrack[row], slices.lane[toSlice[row]]),
      ts: flows.toNs[row] / 1000,
    });
  }
  flush();
}

function writeCounters() {
  for (let i = 0; i < counters.length; i++) {
    const { process, name, series } = tracks[counters.track[i]];
    add({ ph: 'C', pid: process + 1, name, ts: counters.timeNs[i] / 1000, args: { [series]: counters.value[i] } });
    counts.counters++;
  }
  flush();
}

function place(track, lane) {
  return { pid: tracks[track].process + 1, tid: track * 8 + lane + 1 };
}

function add(event) {
  text += `${JSON.stringify(event)},\n`;
  if (text.length > FLUSH_CHARACTERS) flush();
}

function flush() {
  outputBytes += Buffer.from(text).length;
  text = '';
}
