// What a strict JSON parser makes of the Chrome writer's output.
import type { Run } from '../../../src/timeline/index.ts';
import { writeChromeJson } from '../../../src/writers/chrome/write.ts';
import type { WriteOptions } from '../../../src/writers/index.ts';
import { runOf, type TrackSpec, written } from './run-of.ts';

export interface Event {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly cat?: string;
  readonly id?: number | string;
  readonly args: Record<string, unknown>;
}
export interface Document {
  readonly displayTimeUnit: string;
  readonly otherData: Record<string, string>;
  readonly traceEvents: readonly Event[];
}

export async function textOf(run: Run, options?: Partial<WriteOptions>): Promise<string> {
  const { bytes } = await written(writeChromeJson, run, options);
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

export async function documentOf(run: Run, options?: Partial<WriteOptions>): Promise<Document> {
  return JSON.parse(await textOf(run, options));
}

export const oneTrack = (track: TrackSpec): Run => runOf({ processes: [{ tracks: [track] }] });
export const of = (events: readonly Event[], ph: string): readonly Event[] => events.filter((event) => event.ph === ph);
export const named = (events: readonly Event[], name: string): readonly Event[] =>
  events.filter((each) => each.name === name);
