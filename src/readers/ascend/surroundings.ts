import { NONE } from '../../timeline/index.ts';

/** What the folders around an Ascend timeline say about it and the timeline itself does not. */
export interface Surroundings {
  /** NONE where unknown. */
  readonly rank: number;
  readonly hostName: string | undefined;
  /** "CANN 8.3.RC1, torch_npu 2.7.1" */
  readonly toolVersion: string | undefined;
}

/** How the files around are reached. */
export interface Neighbourhood {
  list(folder: string): Promise<readonly string[]>;
  readSmall(path: string): Promise<Uint8Array | undefined>;
}

/** PROF_<...>/host/info.json, and profiler_info_<rank>.json beside ASCEND_PROFILER_OUTPUT. */
export async function readSurroundings(absolutePath: string, around: Neighbourhood): Promise<Surroundings> {
  const profFolder = /^(.*[\\/]PROF_[^\\/]*)[\\/]/.exec(absolutePath)?.[1];
  const torchFolder =
    /^(.*)[\\/]ASCEND_PROFILER_OUTPUT[\\/]/.exec(absolutePath)?.[1] ?? /^(.*_ascend_pt)[\\/]/.exec(absolutePath)?.[1];
  const host = profFolder === undefined ? {} : await readFacts(`${profFolder}/host/info.json`, around);
  const torch = torchFolder === undefined ? {} : await readProfilerInfo(torchFolder, around);
  const torchRank = rankOf(torch.rank_id);
  return {
    rank: torchRank === NONE ? rankOf(host.rank_id) : torchRank,
    hostName: textOf(host.hostname),
    toolVersion: versionOf(torch),
  };
}

type Facts = Readonly<Record<string, unknown>>;

async function readProfilerInfo(folder: string, around: Neighbourhood): Promise<Facts> {
  for (const name of await around.list(folder)) {
    const match = /^profiler_info(?:_(\d+))?\.json$/.exec(name);
    if (match === null) continue;
    const facts = await readFacts(`${folder}/${name}`, around);
    return rankOf(facts.rank_id) === NONE ? { ...facts, rank_id: match[1] } : facts;
  }
  return {};
}

/** These files only add to what is known, so one that is missing or damaged says nothing. */
async function readFacts(path: string, around: Neighbourhood): Promise<Facts> {
  const bytes = await around.readSmall(path);
  if (bytes === undefined) return {};
  try {
    const facts: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof facts === 'object' && facts !== null ? { ...facts } : {};
  } catch {
    return {};
  }
}

/** A number or its digits; -1 and everything else mean unknown. */
function rankOf(value: unknown): number {
  const rank = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof rank === 'number' && Number.isSafeInteger(rank) && rank >= 0 ? rank : NONE;
}

function versionOf(torch: Facts): string | undefined {
  const cann = textOf(torch.cann_version);
  const torchNpu = textOf(torch.torch_npu_version);
  const parts = [cann && `CANN ${cann}`, torchNpu && `torch_npu ${torchNpu}`].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
