/** The fields of a trace event that mean something to a timeline; anything else is passed over and counted. */
export const FIELDS = [
  'name',
  'ph',
  'cat',
  'ts',
  'dur',
  'pid',
  'tid',
  'args',
  'id',
  'id2',
  'bp',
  'bind_id',
  'flow_in',
  'flow_out',
  'scope',
  's',
] as const;
export type FieldName = (typeof FIELDS)[number];

/** Bit and index of each field. */
export const FIELD = Object.fromEntries(FIELDS.map((name, index) => [name, index])) as Readonly<
  Record<FieldName, number>
>;

export const NO_ID = -1;

/** missing: the event has none. bad: it has one that is no time. */
export type TimeState = 'missing' | 'good' | 'bad';

/**
 * One trace event as the scanner found it. The scanner owns a single instance and fills it again for every event:
 * take what you need before returning. Ranges are positions in the scanner's current buffer.
 */
export class ScannedEvent {
  /** Byte offset in the file of the opening brace. */
  offset = 0;
  /** Where that brace stands in the scanner's buffer; ranges below are positions there too. */
  position = 0;
  /** The phase letter as a byte, 0 where missing or no single letter. */
  phase = 0;
  /** Ids in the scanner's string table, or NO_ID. */
  name = NO_ID;
  category = NO_ID;
  /** Ids in the scanner's key table: `12` and `"12"` are the same key. */
  pid = NO_ID;
  tid = NO_ID;
  /** Whole microseconds, exact in a double because above 2^53 a time counts as bad; and the ns below, 0 to 999. */
  tsState: TimeState = 'missing';
  tsMicros = 0;
  tsNanos = 0;
  /** Rounded end minus rounded start. */
  durState: TimeState = 'missing';
  durNs = 0;
  rounded = false;
  /** Bits of FIELD: the fields that stand in the event, and those whose value had an unusual shape. */
  present = 0;
  odd = 0;
  /** Where the value of each field stands (strings without their quotes), valid for bits set in `present`. */
  readonly from = new Int32Array(FIELDS.length);
  readonly to = new Int32Array(FIELDS.length);
  /** The args object, or an empty range. */
  argsFrom = 0;
  argsTo = 0;
  /** The args are strict JSON with no integer over 15 digits, so they may be copied as they stand. */
  argsStrict = false;
  /** What the table of typed keys found: numbers (NaN where absent) and string ids (NO_ID where absent). */
  readonly typedNumbers: Float64Array;
  readonly typedTexts: Int32Array;
  /** Bits of the typed keys found. */
  typedPresent = 0;

  constructor(typedKeyCount: number) {
    this.typedNumbers = new Float64Array(typedKeyCount).fill(Number.NaN);
    this.typedTexts = new Int32Array(typedKeyCount).fill(NO_ID);
  }

  has(field: number): boolean {
    return (this.present & (1 << field)) !== 0;
  }

  reset(offset: number, position: number): void {
    this.offset = offset;
    this.position = position;
    this.phase = 0;
    this.name = NO_ID;
    this.category = NO_ID;
    this.pid = NO_ID;
    this.tid = NO_ID;
    this.tsState = 'missing';
    this.durState = 'missing';
    this.durNs = 0;
    this.rounded = false;
    this.present = 0;
    this.odd = 0;
    this.argsFrom = 0;
    this.argsTo = 0;
    this.argsStrict = false;
    this.typedPresent = 0;
  }
}
