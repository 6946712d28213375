// The rival of our Perfetto writer: the same packets through protobufjs's Writer, used directly. One writer is kept and
// emptied every megabyte, which is the fastest way to use it. Only the hundred packets that describe tracks are left out.
import protobuf from 'protobufjs/minimal.js';
import { report } from './measure.mjs';
import { boundFlows, timed, timeline, timeSlices } from './prepared-run.mjs';

const FLUSH_BYTES = 1 << 20;
const LONGEST_POOLED_TEXT = 64;
const UNSEEN = undefined;
const SEEN_ONCE = 0;

const tag = (field, wireType) => ((field << 3) | wireType) >>> 0;
const [VARINT, FIXED64, BYTES] = [0, 1, 2];
const TAG = {
  packet: tag(1, BYTES),
  timestamp: tag(8, VARINT),
  sequenceId: tag(10, VARINT),
  trackEvent: tag(11, BYTES),
  internedData: tag(12, BYTES),
  sequenceFlags: tag(13, VARINT),
  categoryIids: tag(3, VARINT),
  debugAnnotation: tag(4, BYTES),
  type: tag(9, VARINT),
  nameIid: tag(10, VARINT),
  counterValue: tag(30, VARINT),
  doubleCounterValue: tag(44, FIXED64),
  flowIds: tag(47, FIXED64),
  annotation: {
    nameIid: tag(1, VARINT),
    bool: tag(2, VARINT),
    int: tag(4, VARINT),
    double: tag(5, FIXED64),
    text: tag(6, BYTES),
    textIid: tag(17, VARINT),
    dict: tag(11, BYTES),
    array: tag(12, BYTES),
    name: tag(10, BYTES),
  },
  interned: {
    categories: tag(1, BYTES),
    eventNames: tag(2, BYTES),
    annotationNames: tag(3, BYTES),
    texts: tag(29, BYTES),
    iid: tag(1, VARINT),
    text: tag(2, BYTES),
  },
};
const TYPE = { begin: 1, end: 2, counter: 4 };
const NEEDS_INCREMENTAL_STATE = 2;

const { strings, slices, counters, counterRange, tracks } = timeline;
const writer = protobuf.Writer.create();
const counts = { slices: 0, sliceEnds: 0, counters: 0 };
const sequences = tracks.map(() => []);
const argNameIids = new Map();
const textIids = new Map();
const interned = [];
let nextTextIid = 1;
let nextSequenceId = 1;
let outputBytes = 0;
const flowIdsOf = new Map();
for (const [id, row] of boundFlows().entries()) {
  addFlowId(timeline.flows.fromSlice[row], id + 1);
  addFlowId(timeline.flows.toSlice[row], id + 1);
}

let tookMs = await timeSlices(writeSlices);
tookMs += timed(endAll) + timed(writeCounters);
report({ tookMs, outputBytes, counts });

function addFlowId(slice, id) {
  const ids = flowIdsOf.get(slice);
  if (ids === undefined) flowIdsOf.set(slice, [id]);
  else ids.push(id);
}

function writeSlices(first, args) {
  for (let i = 0; i < args.length; i++) {
    const row = first + i;
    const sequence = sequenceOf(slices.track[row], slices.lane[row]);
    const startNs = slices.startNs[row];
    const { openEndsNs } = sequence;
    while (openEndsNs.length > slices.depth[row] || openEndsNs.at(-1) < startNs) end(sequence);
    begin(sequence, row, args[i]);
    openEndsNs.push(startNs + slices.durNs[row]);
  }
}

function endAll() {
  for (const sequence of sequences.flat()) while (sequence.openEndsNs.length > 0) end(sequence);
  flush();
}

function sequenceOf(track, lane) {
  sequences[track][lane] ??= newSequence();
  return sequences[track][lane];
}

function newSequence() {
  return {
    id: nextSequenceId++,
    lastNs: 0,
    openEndsNs: [],
    names: new Set(),
    categories: new Set(),
    argNames: new Set(),
    texts: new Set(),
  };
}

function begin(sequence, row, args) {
  open(sequence, slices.startNs[row], TYPE.begin);
  const name = slices.name[row];
  writer.uint32(TAG.nameIid).uint32(name + 1);
  if (!sequence.names.has(name)) {
    sequence.names.add(name);
    interned.push(TAG.interned.eventNames, name + 1, strings.get(name));
  }
  const category = slices.category[row];
  if (category >= 0) {
    writer.uint32(TAG.categoryIids).uint32(category + 1);
    if (!sequence.categories.has(category)) {
      sequence.categories.add(category);
      interned.push(TAG.interned.categories, category + 1, strings.get(category));
    }
  }
  if (args !== undefined) for (const key in args) annotation(sequence, TAG.debugAnnotation, key, args[key]);
  const flowIds = flowIdsOf.get(row);
  if (flowIds !== undefined) for (const id of flowIds) writer.uint32(TAG.flowIds).fixed64(id);
  close();
  counts.slices++;
}

function end(sequence) {
  open(sequence, sequence.openEndsNs.pop(), TYPE.end);
  close();
  counts.sliceEnds++;
}

function writeCounters() {
  for (let track = 0; track < tracks.length; track++) {
    const sequence = newSequence();
    for (let i = counterRange[track]; i < counterRange[track + 1]; i++) {
      open(sequence, counters.timeNs[i], TYPE.counter);
      const value = counters.value[i];
      if (Number.isSafeInteger(value)) integer(writer.uint32(TAG.counterValue), value);
      else writer.uint32(TAG.doubleCounterValue).double(value);
      close();
      counts.counters++;
    }
  }
  flush();
}

function open(sequence, timeNs, type) {
  writer.uint32(TAG.packet).fork();
  writer.uint32(TAG.sequenceId).uint32(sequence.id).uint32(TAG.sequenceFlags).uint32(NEEDS_INCREMENTAL_STATE);
  integer(writer.uint32(TAG.timestamp), timeNs - sequence.lastNs);
  sequence.lastNs = timeNs;
  writer.uint32(TAG.trackEvent).fork().uint32(TAG.type).uint32(type);
}

function close() {
  writer.ldelim();
  if (interned.length > 0) writeInterned();
  writer.ldelim();
  if (writer.len > FLUSH_BYTES) flush();
}

function flush() {
  outputBytes += writer.finish(true).length;
  writer.reset();
}

function writeInterned() {
  writer.uint32(TAG.internedData).fork();
  for (let i = 0; i < interned.length; i += 3) {
    writer
      .uint32(interned[i])
      .fork()
      .uint32(TAG.interned.iid)
      .uint32(interned[i + 1]);
    writer
      .uint32(TAG.interned.text)
      .string(interned[i + 2])
      .ldelim();
  }
  writer.ldelim();
  interned.length = 0;
}

function annotation(sequence, fieldTag, name, value) {
  writer.uint32(fieldTag).fork();
  if (name !== undefined) annotationName(sequence, name);
  switch (typeof value) {
    case 'number':
      if (Number.isSafeInteger(value)) integer(writer.uint32(TAG.annotation.int), value);
      else writer.uint32(TAG.annotation.double).double(value);
      break;
    case 'string':
      annotationText(sequence, value);
      break;
    case 'boolean':
      writer.uint32(TAG.annotation.bool).bool(value);
      break;
    default:
      if (Array.isArray(value)) for (const item of value) annotation(sequence, TAG.annotation.array, undefined, item);
      else if (value === null) writer.uint32(TAG.annotation.text).string('null');
      else for (const key in value) annotation(sequence, TAG.annotation.dict, key, value[key]);
  }
  writer.ldelim();
}

function annotationName(sequence, name) {
  let iid = argNameIids.get(name);
  if (iid === undefined) {
    iid = argNameIids.size + 1;
    argNameIids.set(name, iid);
  }
  writer.uint32(TAG.annotation.nameIid).uint32(iid);
  if (sequence.argNames.has(iid)) return;
  sequence.argNames.add(iid);
  interned.push(TAG.interned.annotationNames, iid, name);
}

/** Texts that repeat are introduced once, as our writer does. */
function annotationText(sequence, text) {
  const iid = text.length <= LONGEST_POOLED_TEXT ? textIids.get(text) : SEEN_ONCE;
  if (iid === UNSEEN) textIids.set(text, SEEN_ONCE);
  if (iid === UNSEEN || text.length > LONGEST_POOLED_TEXT) {
    writer.uint32(TAG.annotation.text).string(text);
    return;
  }
  const id = iid === SEEN_ONCE ? nextTextIid++ : iid;
  if (id !== iid) textIids.set(text, id);
  writer.uint32(TAG.annotation.textIid).uint32(id);
  if (sequence.texts.has(id)) return;
  sequence.texts.add(id);
  interned.push(TAG.interned.texts, id, text);
}

/** Numbers that fit 32 bits take protobufjs's faster way to the same bytes. */
function integer(target, value) {
  if (value >= 0 && value <= 0xffffffff) target.uint32(value);
  else target.int64(value);
}
