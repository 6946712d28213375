/** What reports say of hosts: the sections `host` and `flame` of the document, by its rules. */
import type { Annotation, DeviceId, LauncherKind, Measure } from '../../analysis/index.ts';
import type { DeviceName } from './report-document.ts';

export interface ReportHost {
  /** Of each device as a whole, then of its streams, then of types of ops. */
  readonly launchDelays: readonly ReportLaunchDelay[];
  readonly queues: readonly ReportQueue[];
  readonly copies: readonly ReportCopies[];
  readonly annotations: readonly ReportAnnotation[];
  readonly launchedBy: readonly ReportLauncher[];
}

/** From the end of the launch call to the start on the device. */
export interface ReportLaunchDelay extends DeviceName {
  /** Both null: of all ops and copies of the device. */
  readonly stream: string | null;
  readonly op: string | null;
  readonly count: number;
  /** Began before the end of the call, which counts as 0. */
  readonly clampedCount: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly maxNs: number;
  readonly totalNs: number;
}

/** Ops and copies that have been launched and have not begun. */
export interface ReportQueue extends DeviceName {
  /** null: of all streams together. */
  readonly stream: string | null;
  readonly launchCount: number;
  /** Of these nothing tells the launch; null of single streams. */
  readonly unknownCount: number | null;
  readonly mean: number;
  readonly most: number;
  readonly emptyNs: number;
  /** While the device neither computed nor communicated. */
  readonly emptyIdleNs: number;
  /** The mean in equal parts of the window of the device. */
  readonly series: readonly number[];
}

export interface ReportCopies extends DeviceName {
  readonly kind: string;
  readonly count: number;
  /** How many of them say how fast they were. */
  readonly ratedCount: number;
  /** null where none says anything of it. */
  readonly sizeBytes: number | null;
  /** In which any is under way. */
  readonly busyNs: number;
  /** While any is under way that says how fast it was. */
  readonly bytesPerSecond: number | null;
  readonly mostBytesPerSecond: number | null;
  /** Bytes per second in equal parts of the window of the device. */
  readonly series: readonly number[];
}

/** Times are whole ns, and shares are rounded. */
export type ReportAnnotation = DeviceName & Omit<Annotation, keyof DeviceId>;

export interface ReportLauncher {
  readonly by: LauncherKind;
  readonly name: string | null;
  readonly count: number;
  readonly deviceNs: number;
  readonly share: number;
}

/** Equal stacks of all threads as one tree, in the order in which it is read. */
export interface ReportFlame {
  readonly measure: Measure;
  /** Of all threads together; of all ops and copies, and of those whose launch is known. */
  readonly hostNs: number;
  readonly deviceNs: number;
  readonly launchedNs: number;
  /** Slices that are counted in a frame around theirs, because there are too many frames. */
  readonly foldedCount: number;
  /** Frames with a smaller share of both times are not shown to people. */
  readonly leastShare: number;
  readonly frames: readonly ReportFrame[];
}

export interface ReportFrame {
  /** Position in the list; null where nothing is around. */
  readonly parent: number | null;
  readonly depth: number;
  readonly name: string;
  readonly count: number;
  readonly hostNs: number;
  readonly hostSelfNs: number;
  readonly deviceNs: number;
  readonly deviceSelfNs: number;
  readonly launchCount: number;
}
