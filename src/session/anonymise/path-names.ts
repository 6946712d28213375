import { wellKnownPart } from './python-files.ts';
import type { Replacements } from './replacements.ts';

/** Names that profilers give their files, of fixed words and numbers. */
const TOOL_FILE = new RegExp(
  `^(trace_view|kernel_details|operator_details|operator_memory|memory_record|npu_module_mem|step_trace_time|op_statistic|` +
    `communication|communication_matrix|profiler_info|profiler_metadata|msprof|msprof_slice|op_summary|task_time|api_statistic|` +
    `l2_cache|ai_core_utilization|info|analysis|ascend_pytorch_profiler|bmprofile|global|net_stat|compiler_profile|iter|` +
    `tiuRegInfo|tdmaRegInfo|cdm_profile|mcu|output|PerfAI_output)([_-]?\\d+)*\\.(json|csv|db|txt|profile|bin|pftrace)(\\.gz)?$`,
);

/** `.json`, `.pt.trace.json.gz`, `.py`: what kind of file it is. */
const ENDING = /(?:\.pt\.trace)?\.(?=\w*[A-Za-z])\w{1,8}(?:\.gz)?$/;

/** `/path-1/file-2.py`: the folders as one, the file by its number. What stands for a folder has no slash at its end. */
export function anonymousPath(path: string, replacements: Replacements): string {
  const shared = wellKnownPart(path);
  if (shared !== undefined) return folderName(path.slice(0, path.length - shared.length), replacements) + shared;
  const [, folder, name] = /^(.*[\\/])?([^\\/]*)[\\/]*$/s.exec(path) ?? ['', '', path];
  if (TOOL_FILE.test(name)) return folderName(folder, replacements) + name;
  const ending = ENDING.exec(name)?.[0];
  if (ending === undefined) return folderName(path, replacements).replace(/\/$/, '');
  return `${folderName(folder, replacements)}${replacements.of('file', path)}${ending}`;
}

/** With a slash at its end; '' is the folder that people are in. */
function folderName(folder: string | undefined, replacements: Replacements): string {
  const plain = folder?.replace(/[\\/]+$/, '') ?? '';
  if (/^(\.{0,2}|-|standard input)$/.test(plain)) return folder ?? '';
  const isAbsolute = /^([\\/~]|[A-Za-z]:)/.test(plain);
  return `${isAbsolute ? '/' : ''}${replacements.of('path', plain)}/`;
}
