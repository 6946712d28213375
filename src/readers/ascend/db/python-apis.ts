import { NONE } from '../../../timeline/index.ts';
import { ExactArg, type LayeredArgs } from './arg-layers.ts';
import type { Capture } from './capture.ts';
import { exact, type ExactId, required, span, thread, value } from './columns.ts';
import type { Database } from './database.ts';
import type { Names } from './names.ts';

const PYTORCH_API = {
  ...span,
  ...thread,
  connection: exact('connectionId'),
  name: required('name'),
  type: value('type'),
  sequence: value('sequenceNumber'),
  forwardThread: value('fwdThreadId'),
  inputTypes: value('inputDtypes'),
  inputShapes: value('inputShapes'),
  callStack: value('callchainId'),
};

/** op: an operator of the framework. queue: what goes into the queue of launches and comes out. trace: a Python function. */
export type PythonKind = 'op' | 'enqueue' | 'dequeue' | 'trace' | 'mstx';

const CATEGORIES: Readonly<Record<PythonKind, string>> = {
  op: 'cpu_op',
  enqueue: 'enqueue',
  dequeue: 'dequeue',
  trace: 'python_function',
  mstx: 'mstx',
};

/** The numbers of ENUM_API_TYPE never changed. Before there was such a column, all were ops. */
const KINDS = new Map<number, 'op' | 'queue' | 'trace' | 'mstx'>([
  [50001, 'op'],
  [50002, 'queue'],
  [50003, 'trace'],
  [50004, 'mstx'],
]);

/** A call that is joined with others or with what ran on a device. */
export interface PythonCall {
  readonly slice: number;
  readonly kind: PythonKind;
  /** The number of CONNECTION_IDS, or a connection where there is no such table. */
  readonly link: ExactId;
}

/** PYTORCH_API: what the framework did. */
export function readPythonApis(capture: Capture): PythonCall[] {
  const { database, events, names, tracks, strings, args } = capture;
  const layer = args.newLayer();
  const correlation = new ExactArg(layer, 'correlation_id', strings);
  const sequence = layer.column('Sequence number', 'number');
  const forwardThread = layer.column('Fwd thread id', 'number');
  const inputShapes = layer.column('Input Dims', 'text');
  const inputTypes = layer.column('Input type', 'text');
  const callStack = layer.column('Call stack', 'list');
  const stacks = readCallStacks(database, names, args);
  const categories = new Map(Object.entries(CATEGORIES).map(([kind, category]) => [kind, strings.add(category)]));
  const enqueue = strings.add('Enqueue');
  const calls: PythonCall[] = [];
  database.each('PYTORCH_API', PYTORCH_API, (row) => {
    const name = names.string(row.number('name'));
    const said = KINDS.get(row.number('type')) ?? 'op';
    const kind = said !== 'queue' ? said : name === enqueue ? 'enqueue' : 'dequeue';
    const track = tracks.hostThread('Python', row.number('pid') || 0, row.number('tid') || 0);
    const at = layer.rowCount;
    const category = categories.get(kind) ?? NONE;
    const slice = events.addSpan('PYTORCH_API', row, { track, name, category, layer });
    if (slice === NONE) return;
    const link = row.id64('connection');
    if (said === 'queue') correlation.set(at, link);
    sequence.set(at, row.number('sequence'));
    forwardThread.set(at, row.number('forwardThread'));
    inputShapes.set(at, names.string(row.number('inputShapes')));
    inputTypes.set(at, names.string(row.number('inputTypes')));
    callStack.set(at, stacks.get(row.number('callStack')) ?? Number.NaN);
    if (link !== undefined) calls.push({ slice, kind, link });
  });
  return calls;
}

/** PYTORCH_CALLCHAINS: the lines of call stacks, innermost first. One stack after the other, which is not relied upon. */
function readCallStacks(database: Database, names: Names, args: LayeredArgs): ReadonlyMap<number, number> {
  const stacks = new Map<number, number>();
  let current = Number.NaN;
  let lines: number[] = [];
  const keep = (): void => {
    if (Number.isNaN(current)) return;
    const before = stacks.get(current);
    stacks.set(current, args.addList(before === undefined ? lines : [...args.listAt(before), ...lines]));
  };
  database.each('PYTORCH_CALLCHAINS', { id: required('id'), line: required('stack') }, (row) => {
    const id = row.number('id');
    if (id !== current) {
      keep();
      current = id;
      lines = [];
    }
    const line = names.string(row.number('line'));
    if (line !== NONE) lines.push(line);
  });
  keep();
  return stacks;
}
