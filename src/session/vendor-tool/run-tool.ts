import type { FoundTool, Host, ToolEnd, Tools } from '../../base/index.ts';
import type { ToolProblem, VendorTool } from '../../readers/vendor-tool.ts';
import { TOOL_TIME_MS, type VendorToolOptions } from './tool-options.ts';

/** Why a tool is of no use here. */
export class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
  readonly hint: string;

  constructor({ what, hint }: ToolProblem) {
    super(what);
    this.hint = hint;
  }
}

export interface ToolOutput {
  readonly folder: string;
  /** "bigTpuProfile 0.3.7", without a number where none is known. */
  readonly version: string;
}

export interface ToolRun extends VendorToolOptions {
  /** Cycles per microsecond that it is to count with. */
  readonly tiuMhz?: number | undefined;
}

const HELP_TIME_MS = 60_000;
const SHOWN_LENGTH = 300;

/** By program: what it says under `-h`. Asked once per process, as starting Python takes a second. */
const options = new Map<string, Promise<ReadonlySet<string>>>();

/** Has the tool write into a fresh folder. Whoever reads what is in there removes it, or closes the host. */
export async function runTool(
  tool: VendorTool,
  input: string,
  host: Host,
  { path, timeMs = TOOL_TIME_MS, tiuMhz }: ToolRun,
): Promise<ToolOutput> {
  const { tools } = host;
  if (tools === undefined) throw new ToolFailure({ what: 'no program can be run here', hint: 'use the command line' });
  const program = path === undefined ? await tools.find(tool.programs) : await tools.named(path);
  if (program === undefined) {
    throw new ToolFailure({ what: `${tool.programs.join(' or ')} is not on PATH`, hint: tool.install });
  }
  const folder = await tools.newFolder();
  try {
    const known = await optionsOf(program, tool, tools, folder, Math.min(timeMs, HELP_TIME_MS));
    const about = new TextDecoder().decode(await host.readSmall(`${input}/${tool.aboutFile}`));
    const words = tool.words({ options: known, input, output: folder, about, tiuMhz });
    const end = await tools.run(program, words, { folder, timeMs });
    const failure = failureOf(end, tool, program, timeMs);
    if (failure !== undefined) throw failure;
    return { folder, version: await versionOf(tool, program, host) };
  } catch (error) {
    await tools.removeFolder(folder);
    throw error;
  }
}

async function optionsOf(
  program: FoundTool,
  tool: VendorTool,
  tools: Tools,
  folder: string,
  timeMs: number,
): Promise<ReadonlySet<string>> {
  const known = options.get(program.path);
  if (known !== undefined) return known;
  const asked = tools.run(program, ['-h'], { folder, timeMs }).then((end) => {
    // One that has no -h may say so with an exit code, and still work.
    const failure = end.how === 'exited' ? undefined : failureOf(end, tool, program, timeMs);
    if (failure !== undefined) throw failure;
    return new Set(`${end.stdout}\n${end.stderr}`.match(/(?<![\w-])--[a-z][\w-]*/g) ?? []);
  });
  options.set(program.path, asked);
  asked.catch(() => options.delete(program.path));
  return asked;
}

/** Starting fails for reasons that have names; what a tool says counts before how it ended. */
function failureOf(
  { how, code, stdout, stderr }: ToolEnd,
  tool: VendorTool,
  { path }: FoundTool,
  timeMs: number,
): ToolFailure | undefined {
  if (how === 'exited' && code === '0') return undefined;
  if (how === 'not_started') return new ToolFailure(notStarted(path, code, tool));
  if (how === 'too_slow') {
    const what = `${tool.name} had not ended after ${timeMs / 1000} s`;
    return new ToolFailure({ what: withLast(what, stderr), hint: 'give it more time with --vendor-tool-timeout' });
  }
  const problem = tool.explain(stderr) ?? tool.explain(stdout);
  if (problem !== undefined) return new ToolFailure({ ...problem, what: `${tool.name}: ${problem.what}` });
  const what = how === 'killed' ? `${tool.name} was ended by ${code}` : `${tool.name} failed with exit code ${code}`;
  const hint = `run it by hand to see all that it says: ${path}`;
  return new ToolFailure({ what: withLast(what, stderr.trim() === '' ? stdout : stderr), hint });
}

function notStarted(path: string, code: string, { install }: VendorTool): ToolProblem {
  switch (code) {
    case 'ENOENT':
      return { what: `${path}: no such program, or what its first line names is missing`, hint: install };
    case 'EACCES':
    case 'EPERM':
      return { what: `${path} may not be run`, hint: 'make it executable (chmod +x), or name another' };
    case 'ENOEXEC':
      return { what: `${path} is no program`, hint: install };
    default:
      return { what: `${path} cannot be run (${code})`, hint: install };
  }
}

/** With the last line that it printed, which of Python is the exception. */
function withLast(what: string, printed: string): string {
  const last = printed
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .findLast((line) => line !== '');
  return last === undefined ? `${what} and said nothing` : `${what}: ${last.slice(0, SHOWN_LENGTH)}`;
}

/** Tools do not tell; the folders of Python packages beside where they lie do. */
async function versionOf({ name, packageName }: VendorTool, { realPath }: FoundTool, host: Host): Promise<string> {
  const folder = realPath.replace(/[\\/][^\\/]*[\\/][^\\/]*$/, '');
  const homes = [`${folder}/Lib/site-packages`];
  for (const python of (await host.list(`${folder}/lib`)).filter((each) => /^python3/.test(each))) {
    homes.push(`${folder}/lib/${python}/site-packages`, `${folder}/lib/${python}/dist-packages`);
  }
  for (const home of homes) {
    for (const installed of await host.list(home)) {
      const [, installedName, version] = /^([\w.]+)-([\w.+!]+)\.dist-info$/.exec(installed) ?? [];
      if (installedName?.toLowerCase() === packageName) return `${name} ${version}`;
    }
  }
  return name;
}
