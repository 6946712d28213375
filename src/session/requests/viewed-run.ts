import { analyseRun, type BubbleKind, type DeviceBubbles, type RunAnalysis } from '../../analysis/index.ts';
import { type KnownDevice, recalledAnalysis } from '../../analysis/analyse-run.ts';
import type { ReportFacts } from '../../report/index.ts';
import type { Run, Shard, Timeline, TrackId } from '../../timeline/index.ts';
import { processesInOrder, type RunProcess } from '../../writers/run-order.ts';

/** A track at its place in the run. */
export interface ViewedTrack {
  readonly shard: Shard;
  /** The number of the shard in the run, and of the track in it. */
  readonly shardNumber: number;
  readonly track: TrackId;
  readonly process: RunProcess;
}

/** A run that can be asked: what requests need of it is worked out once, when it is first needed. */
export class ViewedRun {
  readonly name: string;
  readonly run: Run;
  readonly facts: ReportFacts;
  /** By the number that requests know a track by: in the order in which they are drawn. */
  readonly tracks: readonly ViewedTrack[];
  /** Of a part of a run: what the whole of it told about each device. */
  readonly known: readonly KnownDevice[] | undefined;
  #analysis: RunAnalysis | undefined;

  constructor(
    name: string,
    run: Run,
    facts: ReportFacts,
    known?: readonly KnownDevice[],
    analysis?: Omit<RunAnalysis, 'run'>,
  ) {
    this.name = name;
    this.run = run;
    this.facts = facts;
    this.known = known;
    if (analysis !== undefined) this.#analysis = { ...analysis, run };
    this.tracks = processesInOrder(run).flatMap((process) =>
      process.tracks.map((track) => ({
        ...{ shard: run.shards[process.shard], shardNumber: process.shard, track, process },
      })),
    );
  }

  /** With bubbles of the device alone; others cost more and are found when somebody asks for them. */
  get analysis(): RunAnalysis {
    return (this.#analysis ??= this.#analyse());
  }

  /** Bubbles of a device that nobody has to find any more. */
  knownBubbles(device: number, kind: BubbleKind): DeviceBubbles | undefined {
    const { bubbles } = this.known?.[device] ?? this.analysis.devices[device];
    return bubbles.find((each) => each.kind === kind);
  }

  #analyse(): RunAnalysis {
    if (this.known === undefined) return analyseRun(this.run);
    const known = this.known.map(({ steps, bubbles }) => ({
      ...{ steps, bubbles: bubbles.filter(({ kind }) => kind === 'device') },
    }));
    return recalledAnalysis(this.run, known);
  }

  timelineOf({ shard }: ViewedTrack): Timeline {
    return shard.timeline;
  }
}
