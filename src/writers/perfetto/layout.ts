import { placeLabel } from '../../base/index.ts';
import type { Run, Track } from '../../timeline/index.ts';
import { processesInOrder, type RunProcess } from '../run-order.ts';
import { smallIds } from '../track-ids.ts';
import { laneFacts, processFacts, trackFacts } from './facts.ts';
import { EXPLICIT_ORDER, EXPLICIT_PROCESS_ORDER, MERGE_BY_KEY, type TrackDescriptor } from './schema.ts';

/** The parts of one machine side that Perfetto shows as one process: a host program, or one device. */
interface Group {
  readonly name: string;
  /** What it would like for a pid. */
  readonly key: string;
  readonly members: RunProcess[];
}

/** Every track of a run at its place in Perfetto's tree: group, capture process, track; lanes are siblings of one name. */
export class PerfettoLayout {
  readonly processes: readonly RunProcess[];
  readonly descriptors: TrackDescriptor[] = [];
  /** Uuids by shard, track and lane. */
  readonly lanes: number[][][];
  /** Uuids by shard and track; 0 for tracks without samples. */
  readonly counters: number[][];
  #nextUuid = 1;

  constructor(run: Run) {
    this.processes = processesInOrder(run);
    this.lanes = run.shards.map(({ timeline }) => timeline.tracks.map(() => []));
    this.counters = run.shards.map(({ timeline }) => timeline.tracks.map(() => 0));
    this.descriptors.push({ uuid: 0, process_ordering: EXPLICIT_PROCESS_ORDER });
    const groups = groupsOf(this.processes);
    const pids = smallIds(groups.map(({ key }) => key));
    groups.forEach((group, rank) => {
      const process = { pid: pids[rank], process_name: group.name };
      const uuid = this.#add({ process, sibling_order_rank: rank, ...groupFacts(group) });
      group.members.forEach((member, memberRank) => {
        this.#addMember(run, member, uuid, memberRank);
      });
    });
  }

  /** Perfetto orders only below plain tracks, so a process of several tracks gets one in between. */
  #addMember(run: Run, member: RunProcess, groupUuid: number, rank: number): void {
    const { shard, process, tracks, name } = member;
    const { timeline } = run.shards[shard];
    if (tracks.length === 0) return;
    const parent =
      process.side === 'unknown' && tracks.length === 1
        ? groupUuid
        : this.#add({
            name: process.side === 'unknown' ? 'Tracks' : name,
            parent_uuid: groupUuid,
            child_ordering: EXPLICIT_ORDER,
            sibling_order_rank: rank,
            ...(process.side === 'unknown' ? {} : { traceconv_facts: processFacts(process) }),
          });
    const namesUsed = new Set<string>();
    tracks.forEach((id, trackRank) => {
      const track = timeline.tracks[id];
      const place = { parent_uuid: parent, sibling_order_rank: trackRank };
      if (track.kind !== 'counter') this.lanes[shard][id] = this.#addLanes(track, place, namesUsed);
      if (timeline.counterRange[id] < timeline.counterRange[id + 1]) {
        const traceconv_facts = track.kind === 'counter' ? trackFacts(track) : laneFacts(track.laneCount);
        this.counters[shard][id] = this.#addCounter(track, { ...place, traceconv_facts }, namesUsed);
      }
    });
  }

  /** Lanes share a name, by which the engine makes them one row; rows that only happen to be called alike share no key. */
  #addLanes(track: Track, place: TrackDescriptor, namesUsed: Set<string>): number[] {
    const name = track.name || track.key || 'unnamed';
    const merging = this.#mergingOf(name, namesUsed);
    const description = track.key !== '' && !name.includes(track.key) ? { description: `id ${track.key}` } : {};
    const descriptor = { ...place, name, ...merging, ...description };
    return Array.from({ length: track.laneCount }, (_, lane) =>
      this.#add({ ...descriptor, traceconv_facts: lane === 0 ? trackFacts(track) : laneFacts(lane) }),
    );
  }

  #addCounter(track: Track, place: TrackDescriptor, namesUsed: Set<string>): number {
    const name = counterName(track, namesUsed);
    const counter = track.unit === '' ? {} : { unit_name: track.unit };
    return this.#add({ ...place, name, ...this.#mergingOf(name, namesUsed), counter });
  }

  #mergingOf(name: string, namesUsed: Set<string>): TrackDescriptor {
    if (namesUsed.has(name)) return { sibling_merge_behavior: MERGE_BY_KEY, sibling_merge_key_int: this.#nextUuid };
    namesUsed.add(name);
    return {};
  }

  #add(descriptor: TrackDescriptor): number {
    const uuid = this.#nextUuid++;
    this.descriptors.push({ ...descriptor, uuid });
    return uuid;
  }
}

/** "HBM 0/Read" rather than "HBM 0/Read Read(MB/s)" where name and unit say it all. */
function counterName({ name, series, unit }: Track, namesUsed: Set<string>): string {
  const seriesWord = unit === '' ? series : series.replace(`(${unit})`, '').replace(unit, '');
  if (unit !== '' && name.includes(seriesWord) && !namesUsed.has(name)) return name;
  return [name, series].filter((word) => word !== '').join(' ') || 'unnamed';
}

function groupsOf(processes: readonly RunProcess[]): Group[] {
  const groups = new Map<string, Group>();
  for (const member of processes) {
    const known = groups.get(member.group);
    if (known !== undefined) known.members.push(member);
    else groups.set(member.group, groupAround(member));
  }
  return [...groups.values()];
}

/** Of a group that is a process itself. */
function groupFacts({ members }: Group): TrackDescriptor {
  const [{ process }] = members;
  return process.side === 'unknown' ? { traceconv_facts: processFacts(process) } : {};
}

/** A process of unknown side is the group itself. */
function groupAround(member: RunProcess): Group {
  const { process, groupName, name } = member;
  if (process.side === 'unknown') return { name: placeLabel([groupName, name]), key: process.key, members: [member] };
  return { name: groupName, key: String(process.osPid ?? ''), members: [member] };
}
