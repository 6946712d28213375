import { partsOf, type Run, type Shard, type Timeline } from '../../timeline/index.ts';
import { withoutExcerpt } from '../describe-head.ts';
import type { OpenedFile, OpenedRun } from '../opened-run.ts';
import type { Anonymiser } from './anonymiser.ts';
import { AnonymousArgs } from './anonymous-args.ts';
import { AnonymousStrings, anonymousTable } from './anonymous-tables.ts';
import { discover } from './discover.ts';
import { anonymousFact } from './facts.ts';
import { isKnownFact } from './sensitive-keys.ts';

/** The same run, in which no text tells who made it and where. Times, numbers and the names of ops are those of the capture. */
export async function anonymousRun({ run, files, readBytes }: OpenedRun, anonymiser: Anonymiser): Promise<OpenedRun> {
  for (const { path, capture, hostName } of files) {
    anonymiser.learnPlace(path);
    if (capture !== undefined) anonymiser.learnPlace(capture);
    if (hostName !== undefined) anonymiser.learnWord('host', hostName);
  }
  await discover(run, anonymiser);
  const strings = new AnonymousStrings(anonymiser);
  const shards = run.shards.map((shard) => anonymousShard(shard, strings, anonymiser));
  return {
    run: { ...run, shards, alignment: alignmentOf(run, shards) },
    files: files.map((file) => anonymousFile(file, anonymiser)),
    readBytes,
  };
}

function anonymousFile(file: OpenedFile, anonymiser: Anonymiser): OpenedFile {
  const { path, role, why, capture, hostName } = file;
  return {
    ...file,
    ...{ path: anonymiser.path(path), why: anonymiser.message(role === 'skipped' ? withoutExcerpt(why) : why) },
    ...(capture !== undefined && { capture: anonymiser.path(capture) }),
    ...(hostName !== undefined && { hostName: anonymiser.value('host', hostName) }),
  };
}

function anonymousShard(shard: Shard, strings: AnonymousStrings, anonymiser: Anonymiser): Shard {
  const { timeline, files, hostName, capture } = shard;
  return {
    ...shard,
    timeline: anonymousTimeline(timeline, strings, anonymiser),
    files: files.map((file) => anonymiser.path(file)),
    hostName: hostName && anonymiser.value('host', hostName),
    capture: capture && anonymiser.path(capture),
  };
}

function anonymousTimeline(timeline: Timeline, strings: AnonymousStrings, anonymiser: Anonymiser): Timeline {
  const { processes, tracks, metadata, tables } = timeline;
  return {
    ...timeline,
    strings: strings.of(timeline.strings),
    processes: processes.map((process) => ({
      ...process,
      name: anonymiser.text(process.name),
      key: anonymiser.text(process.key),
      label: anonymiser.text(process.label),
    })),
    tracks: tracks.map((track) => ({
      ...track,
      name: anonymiser.text(track.name),
      key: anonymiser.text(track.key),
      series: anonymiser.text(track.series),
    })),
    metadata: new Map(
      [...metadata].map(([key, json]) => [factKey(key, anonymiser), anonymousFact(key, json, anonymiser)]),
    ),
    tables: tables.map((table) => anonymousTable(table, strings, anonymiser)),
    args: new AnonymousArgs(timeline.args, anonymiser),
  };
}

/** Facts of profilers are found by their keys. */
function factKey(key: string, anonymiser: Anonymiser): string {
  return isKnownFact(key) ? key : anonymiser.text(key);
}

/** Parts without a rank are called after their folders. */
function alignmentOf({ shards, alignment }: Run, replaced: Run['shards']): Run['alignment'] {
  if (alignment === undefined) return undefined;
  const [before, after] = [shards, replaced].map((all) => partsOf(all).map(({ name }) => name));
  const nameOf = new Map(before.map((name, part) => [name, after[part]]));
  const shifts = alignment.shifts.map((shift) => ({ ...shift, name: nameOf.get(shift.name) ?? `rank ${shift.rank}` }));
  return { ...alignment, shifts };
}
