import type { Place } from './errors.ts';

/**
 * info: worth knowing, nothing is missing. warning: the result may not be what was meant.
 * data_loss: a row was dropped or repaired; `--strict` turns it into exit code 5.
 */
export type Severity = 'info' | 'warning' | 'data_loss';

/** Every kind of finding, how bad it is, and what it says. */
export const DIAGNOSTIC_KINDS = {
  gzip_truncated: ['data_loss', 'a gzip file breaks off; what could be unpacked of it was read'],
  array_not_closed: ['data_loss', 'the event array has no closing bracket: the file ends early'],
  document_not_closed: ['data_loss', 'the document has no closing brace: the file ends early'],
  document_malformed: ['data_loss', 'the document is not valid JSON from here on; what stands before was read'],
  event_truncated: ['data_loss', 'the file ends in the middle of an event, which was dropped'],
  event_malformed: ['data_loss', 'an event is not valid JSON and was dropped'],
  quotes_mended: ['data_loss', 'quotes in a text of an event were not escaped; they were read as apostrophes'],
  event_not_object: ['data_loss', 'an element of the event array is not an object and was dropped'],
  trailing_comma: ['data_loss', 'a comma without an event after it'],
  text_after_end: ['data_loss', 'bytes after the end of the document were ignored'],
  pieces_joined: ['warning', 'several JSON documents stand one after the other in the file; all were read'],
  time_bad: ['data_loss', 'an event has no usable ts and was dropped'],
  duration_bad: ['data_loss', 'an event has no usable dur and was dropped'],
  time_far_away: ['data_loss', 'an event lies more than 52 days from the rest and was dropped'],
  time_rounded: ['info', 'times finer than a nanosecond were rounded half up'],
  phase_missing: ['data_loss', 'an event has no phase (ph) and was dropped'],
  phase_unsupported: ['data_loss', 'events of a phase that is not read were dropped'],
  end_without_begin: ['data_loss', 'an E event has no matching B and was dropped'],
  slice_not_ended: ['data_loss', 'a B event has no matching E; its slice runs to the end of the trace'],
  counter_not_numeric: ['data_loss', 'a counter value is not a number and was dropped'],
  text_repaired: ['data_loss', 'text that is not valid Unicode was repaired with U+FFFD'],
  flow_unpaired: ['info', 'a flow has only one of its ends; it is kept but cannot be drawn'],
  flow_unbound: ['info', 'a flow end has no slice under it; the arrow is kept but cannot be drawn'],
  flow_backwards: ['info', 'an arrow ends before it starts (clock skew); outputs draw it from the earlier slice'],
  row_incomplete: ['data_loss', 'a row has fewer cells than the header; what is there was read'],
  row_shifted: ['data_loss', 'a row has more cells than the header: its name holds commas, and was put together again'],
  row_too_long: ['data_loss', 'a row has more cells than the header; those behind the last column were left out'],
  row_malformed: ['data_loss', 'a row has more cells than the header and no name that explains them; it was dropped'],
  header_shifted: [
    'data_loss',
    'a header has fewer names than the rows have cells; its names were read as the last ones',
  ],
  row_time_bad: ['data_loss', 'a row has no usable time or duration and was dropped'],
  cell_not_numeric: ['data_loss', 'a cell of a table holds no number where one belongs and was left empty'],
  cell_time_bad: ['data_loss', 'a cell of a table holds no usable time and was left empty'],
  cell_time_cut: ['data_loss', 'a time was cut to a few digits (by a spreadsheet); the cell was left empty'],
  record_malformed: ['data_loss', 'a part of a document does not have the form of a record and was left out'],
  quote_not_closed: ['data_loss', 'a quote is never closed and was taken as text'],
  header_repeated: ['info', 'the header stands in the middle of the file once more'],
  db_table_unreadable: [
    'data_loss',
    'a table of the database cannot be read to its end; the rows before that were read',
  ],
  db_string_missing: ['data_loss', 'a text is not among the strings of the database; its number stands for it'],
  task_missing: ['data_loss', 'a row is about a task that is not among those read, and was dropped'],
  task_in_parts: [
    'info',
    'a task stands in the database as a whole and in parts; as in timelines, the parts were read',
  ],
  db_schema_newer: ['warning', 'the database is of a newer version than is known; what is known was read'],
  db_table_ignored: ['info', 'a table of the database that has no meaning here was left out'],
  db_column_ignored: ['info', 'a column of a table that has no meaning here was left out'],
  field_ignored: ['info', 'event fields that are not part of the timeline were ignored'],
  duplicate_event: ['info', 'an event stands in two files of one capture and was counted once'],
  copy_skipped: ['info', 'a file that says once more what another one says was left out'],
  ops_unmatched: ['info', 'rows of an op table describe no op of the timeline; they are shown on tracks of their own'],
  ops_disagree: ['warning', 'an op table and the timeline disagree about an op; the timeline counts'],
  capture_left_out: ['warning', 'an older capture of the same rank was left out; name its folder to read it'],
  file_unreadable: ['data_loss', 'a file of a capture cannot be read and was left out; the others were read'],
  file_skipped: ['info', 'a file that is no trace was left out'],
  ranks_apart: [
    'warning',
    'a rank never runs while the others do, by their clocks; --align start or --align collective puts it beside them',
  ],
  rank_not_aligned: ['warning', 'a rank has nothing that it could be aligned by and keeps its clock'],
  depth_limited: ['info', 'args nested deeper than the consumers can read were written as text'],
  args_not_strict: ['info', 'args that strict JSON readers would refuse or round were rewritten'],
  source_changed: ['data_loss', 'the file changed while it was read; args may be wrong'],
  block_truncated: ['data_loss', 'a file of records ends in the middle of a block; the whole records before were read'],
  block_unknown: ['warning', 'a block of a type that is not known was passed over'],
  record_dropped: ['data_loss', 'the monitor wrote down fewer commands than ran; the others are missing'],
  record_unmatched: ['info', 'a record belongs to no command that is known; it is shown without its name'],
  commands_unread: ['data_loss', 'a stream of commands cannot be read from here on; names after it are missing'],
  names_missing: [
    'warning',
    'commands of a capture are not written down, or in a way that is not known; its ops are called by their engine',
  ],
  vendor_tool_used: ['info', "a capture was read by its vendor's own tool"],
  vendor_tool_failed: ['warning', "the vendor's own tool did not read a capture; what is known without it stands"],
  packet_truncated: ['data_loss', 'the file ends in the middle of a packet; the packets before were read'],
  packet_malformed: ['data_loss', 'a packet is no valid message and was dropped'],
  packets_unreadable: ['data_loss', 'there are no packets from here on; what stands before was read'],
  packets_lost: ['data_loss', 'the tracing service lost packets before this one'],
  packet_state_missing: [
    'data_loss',
    'a packet needs what an earlier packet said, which is not in the file, and was dropped',
  ],
  packet_time_bad: [
    'data_loss',
    'a packet has no usable time, or one of a clock that no other is known for; it was dropped',
  ],
  packet_ignored: ['info', 'packets that hold no track events were left out'],
  interned_missing: ['data_loss', 'an id stands for a text that was never introduced; the text is missing'],
  track_own_ancestor: ['data_loss', 'a track is its own ancestor; it is shown as if it had none'],
  event_incomplete: ['data_loss', 'the file ends in the middle of a record; what is there was read'],
  frequency_assumed: [
    'warning',
    'a file counts in cycles and does not say how long they are; the usual frequency was taken',
  ],
  part_ignored: ['info', 'a part of a file that has no meaning here was left out'],
  sample_malformed: ['data_loss', 'a line of a metrics page is no sample and was left out'],
  sample_repeated: ['data_loss', 'a sample stands twice in one scrape of a metrics page; the first was read'],
  scrape_truncated: ['data_loss', 'a metrics page ends in the middle of a line, which was left out'],
  scrape_missed: ['warning', 'a metrics page could not be scraped for a while; nothing is known of that time'],
  families_left_out: ['info', 'metrics of other programs on a metrics page were left out, counted by family'],
  series_left_out: ['data_loss', 'a metrics page has more series than are read; the others were left out'],
  histogram_malformed: ['data_loss', 'the buckets of a histogram contradict one another; it was repaired or left out'],
  counter_reset: [
    'warning',
    'a server counted anew (it was restarted): what came after was added, what it counted just before is not known',
  ],
  pages_subtracted: [
    'info',
    'metrics pages of one server follow one another; the numbers are what it counted between them',
  ],
  pages_apart: [
    'warning',
    'single metrics pages of one server lie in several folders and count as repeats; put those from before and after a run into one folder',
  ],
  figures_disagree: ['warning', 'a figure of a benchmark is not what another one or its own requests say'],
  figures_left_out: ['data_loss', 'a file holds more figures than are read; from here on they were left out'],
  figure_not_finite: [
    'info',
    'a figure is not finite, or a count below 0, as where nothing was measured, and was left out',
  ],
  requests_failed: ['warning', 'requests of a benchmark failed; its figures are of the others'],
  samples_thinned: ['info', 'of very many values evenly chosen ones are kept; figures were worked out from all'],
  buffer_full: ['data_loss', 'the buffer for records was full before the end; capture with more records'],
} as const satisfies Record<string, readonly [Severity, string]>;

export type DiagnosticKind = keyof typeof DIAGNOSTIC_KINDS;

export interface Diagnostic {
  readonly kind: DiagnosticKind;
  readonly severity: Severity;
  readonly message: string;
  readonly count: number;
  /** The first ten places, each with what was found there. */
  readonly places: readonly LocatedFinding[];
}

export interface LocatedFinding {
  readonly place: Place;
  readonly detail: string | undefined;
}

const PLACES_KEPT = 10;

/** Collects findings: counted by kind, the first ten of each located. Nothing is printed here. */
export class Diagnostics {
  readonly #byKind = new Map<DiagnosticKind, { count: number; places: LocatedFinding[] }>();

  add(kind: DiagnosticKind, place?: Place, detail?: string, count = 1): void {
    const entry = this.#byKind.get(kind) ?? { count: 0, places: [] };
    entry.count += count;
    if (place !== undefined && entry.places.length < PLACES_KEPT) entry.places.push({ place, detail });
    this.#byKind.set(kind, entry);
  }

  /** Takes over everything another collector found. */
  absorb(other: Diagnostics): void {
    for (const [kind, { count, places }] of other.#byKind) {
      const entry = this.#byKind.get(kind) ?? { count: 0, places: [] };
      entry.count += count;
      entry.places.push(...places.slice(0, PLACES_KEPT - entry.places.length));
      this.#byKind.set(kind, entry);
    }
  }

  countOf(kind: DiagnosticKind): number {
    return this.#byKind.get(kind)?.count ?? 0;
  }

  /** How many rows were dropped or repaired. */
  get lossCount(): number {
    return this.list().reduce((sum, each) => sum + (each.severity === 'data_loss' ? each.count : 0), 0);
  }

  list(): Diagnostic[] {
    return [...this.#byKind].map(([kind, { count, places }]) => {
      const [severity, message] = DIAGNOSTIC_KINDS[kind];
      return { kind, severity, message, count, places };
    });
  }
}
