import { hashBytes, type ByteInterner, ProtoCursor, WIRE } from '../../bytes/index.ts';
import { NONE } from '../../timeline/index.ts';
import type { InternedState } from './sequence.ts';
import { NumberList } from './number-list.ts';

/** Fields of TrackEvent that are read. Those of times and threads are what Chrome wrote before 2020. */
const TRACK_EVENT = {
  deltaMicros: 1,
  categoryIids: 3,
  annotations: 4,
  legacy: 6,
  type: 9,
  nameIid: 10,
  trackUuid: 11,
  extraValues: 12,
  absoluteMicros: 16,
  categories: 22,
  name: 23,
  value: 30,
  extraTracks: 31,
  sourceLocation: 33,
  sourceLocationIid: 34,
  oldFlowIds: 36,
  oldTerminatingFlowIds: 42,
  doubleValue: 44,
  extraDoubleTracks: 45,
  extraDoubleValues: 46,
  flowIds: 47,
  terminatingFlowIds: 48,
  correlationId: 52,
  correlationText: 53,
  correlationIid: 54,
} as const;

/** The fields of TrackEvent that say something of args, for whoever makes JSON of them. */
export const ARG_FIELDS = {
  annotations: TRACK_EVENT.annotations,
  sourceLocation: TRACK_EVENT.sourceLocation,
  sourceLocationIid: TRACK_EVENT.sourceLocationIid,
  correlationId: TRACK_EVENT.correlationId,
  correlationText: TRACK_EVENT.correlationText,
  correlationIid: TRACK_EVENT.correlationIid,
} as const;

/** Fields of TrackEvent.LegacyEvent. */
const LEGACY = {
  nameIid: 1,
  phase: 2,
  durationMicros: 3,
  unscopedId: 6,
  idScope: 7,
  bindId: 8,
  localId: 10,
  globalId: 11,
  bindToEnclosing: 12,
  flowDirection: 13,
  pidOverride: 18,
  tidOverride: 19,
} as const;

/** One TrackEvent at a time, as numbers: read again and again into the same fields. */
export class EventFields {
  type = 0;
  /** Strings of the timeline; NONE where there is none. */
  name = NONE;
  category = NONE;
  /** Whether an id was used that the sequence never introduced. */
  isStringMissing = false;
  hasTrack = false;
  trackLow = 0;
  trackHigh = 0;
  /** A counter's value; NaN where there is none. */
  value = Number.NaN;
  deltaMicros = Number.NaN;
  absoluteMicros = Number.NaN;
  /** Annotations are [annotationFrom[i], annotationTo[i]); more args stand in other fields. */
  annotationCount = 0;
  readonly annotationFrom: number[] = [];
  readonly annotationTo: number[] = [];
  hasMoreArgs = false;
  correlation = Number.NaN;
  readonly flowIds = new NumberList(WIRE.fixed64);
  readonly terminatingFlowIds = new NumberList(WIRE.fixed64);
  readonly oldFlowIds = new NumberList(WIRE.varint);
  readonly oldTerminatingFlowIds = new NumberList(WIRE.varint);
  readonly extraValues = new NumberList(WIRE.varint);
  readonly extraTracks = new NumberList(WIRE.varint);
  readonly extraDoubleValues = new NumberList(WIRE.fixed64);
  readonly extraDoubleTracks = new NumberList(WIRE.varint);
  readonly legacy = new LegacyFields();
  hasLegacy = false;
  /** How often each field was met that is not read, by its number. */
  readonly ignored = new Map<number, number>();
  readonly #cursor = new ProtoCursor();
  readonly #strings: ByteInterner;
  readonly #categories: number[] = [];
  #categoryCount = 0;
  /** Several categories of one event are one text. */
  readonly #joined = new Map<string, number>();

  constructor(strings: ByteInterner) {
    this.#strings = strings;
  }

  read(bytes: Uint8Array, from: number, to: number, state: InternedState): void {
    this.#reset();
    const cursor = this.#cursor.start(bytes, from, to);
    while (cursor.next()) this.#field(cursor, state);
    this.category = this.#joinedCategory();
    if (this.hasLegacy) this.#readLegacy(bytes, state);
  }

  #reset(): void {
    this.type = 0;
    this.name = NONE;
    this.#categoryCount = 0;
    this.isStringMissing = this.hasTrack = this.hasMoreArgs = this.hasLegacy = false;
    this.value = this.deltaMicros = this.absoluteMicros = this.correlation = Number.NaN;
    this.annotationCount = 0;
    this.flowIds.length = this.terminatingFlowIds.length = 0;
    this.oldFlowIds.length = this.oldTerminatingFlowIds.length = 0;
    this.extraValues.length = this.extraTracks.length = 0;
    this.extraDoubleValues.length = this.extraDoubleTracks.length = 0;
  }

  #field(cursor: ProtoCursor, state: InternedState): void {
    switch (cursor.field) {
      case TRACK_EVENT.type:
        this.type = cursor.low;
        break;
      case TRACK_EVENT.nameIid:
        this.name = this.#known(state.names.get(cursor.low, cursor.high));
        break;
      case TRACK_EVENT.name:
        if (cursor.isBytes) this.name = this.#add(cursor);
        break;
      case TRACK_EVENT.annotations:
        if (!cursor.isBytes) break;
        this.annotationFrom[this.annotationCount] = cursor.from;
        this.annotationTo[this.annotationCount++] = cursor.to;
        break;
      case TRACK_EVENT.trackUuid:
        this.hasTrack = true;
        this.trackLow = cursor.low;
        this.trackHigh = cursor.high;
        break;
      case TRACK_EVENT.categoryIids:
        this.#categoryIids(cursor, state);
        break;
      case TRACK_EVENT.categories:
        if (cursor.isBytes) this.#addCategory(this.#add(cursor));
        break;
      case TRACK_EVENT.value:
        this.value = cursor.signed;
        break;
      case TRACK_EVENT.doubleValue:
        this.value = cursor.double;
        break;
      case TRACK_EVENT.flowIds:
        this.flowIds.take(cursor);
        break;
      case TRACK_EVENT.terminatingFlowIds:
        this.terminatingFlowIds.take(cursor);
        break;
      default:
        this.#rareField(cursor);
        break;
    }
  }

  #rareField(cursor: ProtoCursor): void {
    switch (cursor.field) {
      case TRACK_EVENT.legacy:
        if (!cursor.isBytes) break;
        this.hasLegacy = true;
        this.legacy.from = cursor.from;
        this.legacy.to = cursor.to;
        break;
      case TRACK_EVENT.deltaMicros:
        this.deltaMicros = cursor.signed;
        break;
      case TRACK_EVENT.absoluteMicros:
        this.absoluteMicros = cursor.signed;
        break;
      case TRACK_EVENT.extraValues:
        this.extraValues.take(cursor);
        break;
      case TRACK_EVENT.extraTracks:
        this.extraTracks.take(cursor);
        break;
      case TRACK_EVENT.extraDoubleValues:
        this.extraDoubleValues.take(cursor);
        break;
      case TRACK_EVENT.extraDoubleTracks:
        this.extraDoubleTracks.take(cursor);
        break;
      case TRACK_EVENT.oldFlowIds:
        this.oldFlowIds.take(cursor);
        break;
      case TRACK_EVENT.oldTerminatingFlowIds:
        this.oldTerminatingFlowIds.take(cursor);
        break;
      case TRACK_EVENT.correlationId:
        this.hasMoreArgs = true;
        this.correlation = cursor.unsigned;
        break;
      case TRACK_EVENT.sourceLocation:
      case TRACK_EVENT.sourceLocationIid:
      case TRACK_EVENT.correlationText:
      case TRACK_EVENT.correlationIid:
        this.hasMoreArgs = true;
        break;
      default:
        this.ignored.set(cursor.field, (this.ignored.get(cursor.field) ?? 0) + 1);
        break;
    }
  }

  #readLegacy(bytes: Uint8Array, state: InternedState): void {
    const { nameLow, nameHigh } = this.legacy.read(this.#cursor.start(bytes, this.legacy.from, this.legacy.to));
    if (this.name === NONE && (nameLow !== 0 || nameHigh !== 0)) {
      this.name = this.#known(state.names.get(nameLow, nameHigh));
    }
  }

  #add({ bytes, from, to }: ProtoCursor): number {
    return this.#strings.add(bytes, from, to, hashBytes(bytes, from, to));
  }

  #known(string: number): number {
    if (string === NONE) this.isStringMissing = true;
    return string;
  }

  #categoryIids(cursor: ProtoCursor, state: InternedState): void {
    if (cursor.wire === WIRE.varint) {
      this.#addCategory(this.#known(state.categories.get(cursor.low, cursor.high)));
      return;
    }
    const list = new NumberList(WIRE.varint);
    list.take(cursor);
    for (let i = 0; i < list.length; i++)
      this.#addCategory(this.#known(state.categories.get(list.low[i], list.high[i])));
  }

  #addCategory(category: number): void {
    if (category !== NONE) this.#categories[this.#categoryCount++] = category;
  }

  #joinedCategory(): number {
    if (this.#categoryCount < 2) return this.#categoryCount === 0 ? NONE : this.#categories[0];
    const categories = this.#categories.slice(0, this.#categoryCount);
    const key = categories.join(',');
    let joined = this.#joined.get(key);
    if (joined === undefined) {
      const texts = categories.map((each) => new TextDecoder().decode(this.#strings.bytesOf(each)));
      joined = this.#strings.addText(texts.join(','));
      this.#joined.set(key, joined);
    }
    return joined;
  }
}

/** What an id of a legacy event is known in. */
type IdScope = 'none' | 'unscoped' | 'local' | 'global';

/** A LegacyEvent: an event of the Chrome JSON format in protobuf's clothes. */
class LegacyFields {
  from = 0;
  to = 0;
  nameLow = 0;
  nameHigh = 0;
  /** The letter, as a byte; 0 where there is none. */
  phase = 0;
  durationMicros = Number.NaN;
  scope: IdScope = 'none';
  id = '';
  bindId = '';
  bindsToEnclosing = false;
  /** 1 in, 2 out, 3 both. */
  flowDirection = 0;
  pid: number | undefined;
  tid: number | undefined;

  read(cursor: ProtoCursor): this {
    this.nameLow = this.nameHigh = this.phase = this.flowDirection = 0;
    this.durationMicros = Number.NaN;
    this.scope = 'none';
    this.id = this.bindId = '';
    this.bindsToEnclosing = false;
    this.pid = this.tid = undefined;
    let idScope = '';
    while (cursor.next()) {
      if (cursor.field === LEGACY.idScope && cursor.isBytes) idScope = cursor.text();
      else this.#field(cursor);
    }
    if (idScope !== '') this.id = `${idScope} ${this.id}`;
    return this;
  }

  #field(cursor: ProtoCursor): void {
    switch (cursor.field) {
      case LEGACY.nameIid:
        this.nameLow = cursor.low;
        this.nameHigh = cursor.high;
        break;
      case LEGACY.phase:
        this.phase = cursor.low;
        break;
      case LEGACY.durationMicros:
        this.durationMicros = cursor.signed;
        break;
      case LEGACY.unscopedId:
        this.#id('unscoped', cursor);
        break;
      case LEGACY.localId:
        this.#id('local', cursor);
        break;
      case LEGACY.globalId:
        this.#id('global', cursor);
        break;
      case LEGACY.bindId:
        this.bindId = String(cursor.bigUnsigned);
        break;
      case LEGACY.bindToEnclosing:
        this.bindsToEnclosing = cursor.low !== 0;
        break;
      case LEGACY.flowDirection:
        this.flowDirection = cursor.low;
        break;
      case LEGACY.pidOverride:
        this.pid = cursor.signed;
        break;
      case LEGACY.tidOverride:
        this.tid = cursor.signed;
        break;
      default:
        break;
    }
  }

  #id(scope: IdScope, cursor: ProtoCursor): void {
    this.scope = scope;
    this.id = String(cursor.bigUnsigned);
  }
}
