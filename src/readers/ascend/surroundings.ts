import { NONE } from '../../timeline/index.ts';

/** What the folder of an Ascend capture says about it and the timeline itself does not. */
export interface Surroundings {
  /** NONE where unknown. */
  readonly rank: number;
  readonly hostName: string | undefined;
  /** Tells machines apart where they go by no name; undefined where unknown. */
  readonly hostId: string | undefined;
  /** The devices captured, in their order on the machine. */
  readonly devices: readonly number[];
  /** Where a capture has several: the rank of each device. */
  readonly rankOfDevice?: ReadonlyMap<number, number>;
  /** "CANN 8.3.RC1, torch_npu 2.7.1" */
  readonly toolVersion: string | undefined;
}

/** How the files around are reached. */
export interface Neighbourhood {
  list(folder: string): Promise<readonly string[]>;
  readSmall(path: string): Promise<Uint8Array | undefined>;
}

/** Of a framework's folder: profiler_info_<rank>.json. Of a PROF folder, itself or inside: host/info.json, device_<n>. */
export async function readSurroundings(home: string, around: Neighbourhood): Promise<Surroundings> {
  const names = await around.list(home);
  const torch = await readProfilerInfo(home, names, around);
  const prof = /(?:^|[\\/])PROF_[^\\/]*$/.test(home) ? home : profFolderIn(home, names);
  const host = prof === undefined ? {} : await readFacts(`${prof}/host/info.json`, around);
  const devices = prof === undefined ? [] : devicesOf(prof === home ? names : await around.list(prof));
  const torchRank = rankOf(torch.rank_id);
  return {
    rank: torchRank === NONE ? rankOf(host.rank_id) : torchRank,
    hostName: textOf(host.hostname),
    hostId: textOf(host.hostUid),
    devices,
    toolVersion: versionOf(torch),
  };
}

function profFolderIn(home: string, names: readonly string[]): string | undefined {
  const name = names.find((each) => each.startsWith('PROF_'));
  return name === undefined ? undefined : `${home}/${name}`;
}

function devicesOf(names: readonly string[]): number[] {
  return names
    .flatMap((name) => /^device_(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

type Facts = Readonly<Record<string, unknown>>;

async function readProfilerInfo(folder: string, names: readonly string[], around: Neighbourhood): Promise<Facts> {
  for (const name of names) {
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
