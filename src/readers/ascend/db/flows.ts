import type { Capture } from './capture.ts';
import { Chains } from './chains.ts';
import { exact, type ExactId } from './columns.ts';
import type { Collective } from './communication.ts';
import { NO_CONNECTION } from './connection.ts';
import type { DeviceTasks } from './device-tasks.ts';
import type { HostCall } from './host-apis.ts';
import type { PythonCall } from './python-apis.ts';

/** Arrows by what timelines call them, with their categories. */
const ARROWS = {
  HostToDevice: 'HostToDevice',
  MsTx: 'MsTx',
  torch_to_npu: 'async_npu',
  enqueue_to_dequeue: 'async_task_queue',
  fwdbwd: 'fwdbwd',
} as const;

/** Everything that is joined by numbers of connections. */
export interface Joined {
  readonly tasks: DeviceTasks;
  readonly collectives: readonly Collective[];
  readonly apis: readonly HostCall[];
  readonly userRanges: readonly HostCall[];
  readonly python: readonly PythonCall[];
}

/** Adds the arrows that timelines have. A number that stands on one side only is no arrow. */
export function addFlows(capture: Capture, joined: Joined): void {
  const launched = new Launched(joined);
  addArrowsToDevice(capture, 'HostToDevice', joined.apis, launched);
  addArrowsToDevice(capture, 'MsTx', joined.userRanges, launched);
  addPythonArrows(capture, joined.python, launched);
}

function addArrow({ events, strings }: Capture, name: keyof typeof ARROWS, from: number, to: readonly number[]): void {
  events.addArrow(strings.add(name), strings.add(ARROWS[name]), from, to);
}

function addArrowsToDevice(
  capture: Capture,
  name: keyof typeof ARROWS,
  calls: readonly HostCall[],
  launched: Launched,
): void {
  for (const { slice, connection } of calls) {
    const ends = launched.by(connection);
    if (ends.length > 0) addArrow(capture, name, slice, ends);
  }
}

/** What ran on a device, by the connection that launched it. A collective stands for its parts. */
class Launched {
  readonly #tasks: DeviceTasks;
  readonly #collectives: readonly Collective[];
  readonly #collectivesOf = new Chains();

  constructor({ tasks, collectives }: Joined) {
    this.#tasks = tasks;
    this.#collectives = collectives;
    for (const { connection } of collectives) this.#collectivesOf.add(connection);
  }

  by(connection: ExactId): number[] {
    if (NO_CONNECTION.has(connection)) return [];
    const tasks = [...this.#tasks.byConnection.of(connection)].filter((task) => !this.#tasks.parts.has(task));
    const collectives = [...this.#collectivesOf.of(connection)];
    return [
      ...tasks.map((task) => this.#tasks.sliceOf(task)),
      ...collectives.map((collective) => this.#collectives[collective].slice),
    ];
  }
}

/** From ops to kernels; the other connections join calls of the framework with one another. */
function addPythonArrows(capture: Capture, python: readonly PythonCall[], launched: Launched): void {
  const connectionsOf = readConnectionIds(capture);
  const rest = new Map<ExactId, PythonCall[]>();
  for (const call of python) {
    for (const connection of connectionsOf(call.link)) {
      const isOp = call.kind === 'op' || call.kind === 'mstx';
      const ends = isOp ? launched.by(connection) : [];
      if (ends.length > 0) addArrow(capture, 'torch_to_npu', call.slice, ends);
      else if (!NO_CONNECTION.has(connection)) {
        const calls = rest.get(connection);
        if (calls === undefined) rest.set(connection, [call]);
        else calls.push(call);
      }
    }
  }
  for (const calls of rest.values()) if (calls.length > 1) addArrowsAmong(capture, calls);
}

/** From the entry of the queue to its exit, or from forward to backward, which comes later. */
function addArrowsAmong(capture: Capture, calls: readonly PythonCall[]): void {
  const startOf = ({ slice }: PythonCall): number => capture.events.rows.slices.at('startNs', slice);
  const enqueue = calls.find(({ kind }) => kind === 'enqueue');
  const from = enqueue ?? calls.reduce((first, call) => (startOf(call) < startOf(first) ? call : first));
  const to = calls.filter((call) => call !== from).map(({ slice }) => slice);
  addArrow(capture, enqueue === undefined ? 'fwdbwd' : 'enqueue_to_dequeue', from.slice, to);
}

/** CONNECTION_IDS: the connections of an op, of which it may have several. Without the table a link is a connection. */
function readConnectionIds({ database }: Capture): (link: ExactId) => readonly ExactId[] {
  const connections: ExactId[] = [];
  const byLink = new Chains();
  database.each('CONNECTION_IDS', { link: exact('id'), connection: exact('connectionId') }, (row) => {
    byLink.add(row.id64('link'));
    connections.push(row.id64('connection') ?? -1);
  });
  if (connections.length === 0) return (link) => [link];
  return (link) => [...byLink.of(link)].map((i) => connections[i]);
}
