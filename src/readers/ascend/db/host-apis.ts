import { NONE } from '../../../timeline/index.ts';
import { connectionOf } from './connection.ts';
import { ExactArg } from './arg-layers.ts';
import type { Capture } from './capture.ts';
import { exact, type ExactId, required, span, thread, value } from './columns.ts';

/** A slice of the host, and the number by which it is joined with what it launched. */
export interface HostCall {
  readonly slice: number;
  readonly connection: ExactId;
}

/** How timelines write the level of an API in front of its name. */
const PREFIXES: Readonly<Record<string, string>> = {
  acl: 'AscendCL',
  model: 'Model',
  node: 'Node',
  hccl: 'Hccl',
  communication: 'Communication',
  runtime: 'Runtime',
};

const CANN_API = { ...span, ...thread, type: value('type'), connection: exact('connectionId'), name: required('name') };

/** CANN_API: what the host called. */
export function readCannApis({ database, events, names, tracks, strings, args }: Capture): HostCall[] {
  const layer = args.newLayer();
  const threadId = layer.column('Thread Id', 'number');
  const levels = layer.column('level', 'text');
  const ids = layer.column('id', 'text');
  const connection = new ExactArg(layer, 'connection_id', strings);
  const calls: HostCall[] = [];
  const titles = new TitleCache();
  database.each('CANN_API', CANN_API, (row) => {
    const [pid, tid] = [row.number('pid') || 0, row.number('tid') || 0];
    const type = row.number('type');
    const api = row.number('name');
    const name = titles.of(type, api, () => {
      const level = names.enumName('ENUM_API_TYPE', type);
      return strings.add(`${PREFIXES[level] ?? level}@${names.text(api)}`);
    });
    const level = names.enumString('ENUM_API_TYPE', type);
    const at = layer.rowCount;
    const track = tracks.hostThread('CANN', pid, tid);
    const slice = events.addSpan('CANN_API', row, { track, name, category: level, layer });
    if (slice === NONE) return;
    threadId.set(at, tid);
    levels.set(at, level);
    ids.set(at, names.string(api));
    connection.set(at, row.id64('connection'));
    events.setTyped('level', slice, level);
    events.setTyped('connectionId', slice, connectionOf(row.number('connection')));
    const id = row.id64('connection');
    if (id !== undefined) calls.push({ slice, connection: id });
  });
  return calls;
}

/** Names made of two numbers, made once. */
class TitleCache {
  readonly #byType = new Map<number, Map<number, number>>();

  of(type: number, name: number, make: () => number): number {
    let byName = this.#byType.get(type);
    if (byName === undefined) this.#byType.set(type, (byName = new Map()));
    let title = byName.get(name);
    if (title === undefined) byName.set(name, (title = make()));
    return title;
  }
}

const MSTX = {
  ...span,
  ...thread,
  type: value('eventType'),
  message: required('message'),
  category: value('category'),
  domain: value('domainId'),
  connection: exact('connectionId'),
};

/** MSTX_EVENTS: marks and ranges of the user's program. */
export function readUserRanges({ database, events, names, tracks, strings, args }: Capture): HostCall[] {
  const layer = args.newLayer();
  const category = layer.column('Category', 'number');
  const eventType = layer.column('event_type', 'text');
  const domain = layer.column('domain', 'text');
  const connection = new ExactArg(layer, 'connection_id', strings);
  const calls: HostCall[] = [];
  database.each('MSTX_EVENTS', MSTX, (row) => {
    const name = names.string(row.number('message'));
    const at = layer.rowCount;
    const track = tracks.hostThread('PID Name', row.number('pid') || 0, row.number('tid') || 0);
    const slice = events.addSpan('MSTX_EVENTS', row, { track, name, category: NONE, layer });
    if (slice === NONE) return;
    category.set(at, row.number('category'));
    eventType.set(at, names.enumString('ENUM_MSTX_EVENT_TYPE', row.number('type')));
    domain.set(at, names.string(row.number('domain')));
    connection.set(at, row.id64('connection'));
    events.setTyped('connectionId', slice, connectionOf(row.number('connection')));
    const id = row.id64('connection');
    if (id !== undefined) calls.push({ slice, connection: id });
  });
  return calls;
}

const OS_API = { ...span, ...thread, name: value('name') };

/** OSRT_API and GC_RECORD: calls of the operating system, and collections of Python's garbage. */
export function readPlainCalls({ database, events, names, tracks, strings }: Capture): void {
  for (const [table, process, title] of [
    ['OSRT_API', 'OS Runtime API', ''],
    ['GC_RECORD', 'Python GC', 'Python GC'],
  ] as const) {
    const unnamed = strings.add(title);
    database.each(table, OS_API, (row) => {
      const said = names.string(row.number('name'));
      const track = tracks.hostThread(process, row.number('pid') || 0, row.number('tid') || 0);
      events.addSpan(table, row, { track, name: said === NONE ? unnamed : said, category: NONE });
    });
  }
}
