import type { Diagnostics } from '../../base/index.ts';
import { type EventScanner, JsonNumber, type JsonObject, parseJson, type ScannedEvent } from '../../bytes/index.ts';
import { NONE, type TimelineBuilder } from '../../timeline/index.ts';

/** M events: names and order of processes and threads. Rare, so the general parser reads their args. */
export function readMetadataEvent(
  event: ScannedEvent,
  scanner: EventScanner,
  builder: TimelineBuilder,
  diagnostics: Diagnostics,
  path: string,
): void {
  const kind = event.name === NONE ? '' : new TextDecoder().decode(builder.strings.bytesOf(event.name));
  const args = argsOf(event, scanner);
  const process = builder.tracks.processes[builder.tracks.process(event.pid)];
  switch (kind) {
    case 'process_name':
      process.name = textOf(args, 'name');
      return;
    case 'process_labels':
      process.label = textOf(args, 'labels');
      return;
    case 'process_sort_index':
      process.sortKey = numberOf(args, 'sort_index');
      return;
    case 'thread_name':
      builder.tracks.tracks[builder.tracks.thread(event.pid, event.tid)].name = textOf(args, 'name');
      return;
    case 'thread_sort_index':
      builder.tracks.tracks[builder.tracks.thread(event.pid, event.tid)].sortKey = numberOf(args, 'sort_index');
      return;
    default:
      diagnostics.add('field_ignored', { path, offset: event.offset, field: `metadata event ${kind}` });
  }
}

function argsOf(event: ScannedEvent, scanner: EventScanner): JsonObject {
  try {
    const value = parseJson(scanner.buffer, event.argsFrom, event.argsTo);
    return value instanceof Map ? value : new Map();
  } catch {
    return new Map();
  }
}

function textOf(args: JsonObject, key: string): string {
  const value = args.get(key);
  if (value instanceof JsonNumber) return value.text;
  return typeof value === 'string' ? value : '';
}

/** Exporters write sort indexes as numbers or as digits in quotes. */
function numberOf(args: JsonObject, key: string): number | undefined {
  const value = args.get(key);
  const number = value instanceof JsonNumber ? value.value : typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
