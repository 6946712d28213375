/**
 * SQLite exports: `msprof_*.db` (CANN msprof) and `ascend_pytorch_profiler[_<rank>].db` (torch_npu, and MindSpore under its
 * own name), with the events of a capture; `analysis.db`, with what the vendor's analyser made of them. Versions seen in
 * captures: Jan 2025 (schema 1.0.0), Nov 2025 (analysis.db); up to schema 1.2.0 known from the exporter's source.
 * Read: tasks with op info and counters of the cores, collectives, calls of CANN, PyTorch and the user's marks, samples,
 * overlap, arrows, and tables of steps, memory, collectives and links. Ignored: what tools that opened the database added;
 * tables and columns without a meaning here are named.
 * Odd rules: times since the epoch are integers or text; a task with sub-tasks stands beside them once more as a whole;
 * replays of a graph share the number of a task; connections of PyTorch go through a table of their own.
 */
import type { Reader, Sniffed } from '../reader.ts';
import { headText } from '../trace-events/sniff.ts';

const SIGNATURE = 'SQLite format 3\0';
/** What the Insight viewer writes beside captures, of tables of its own. */
const VIEWER_FILE = /(^|[\\/])mindstudio_insight_data\.db$/;

const CAPTURE_NAME = /(^|[\\/])(msprof_\d+|ascend_\w+_profiler(_\d+)?)\.db$/;
/** One of these names may be anybody's, two are Ascend's. */
const CAPTURE_TABLES =
  /^(TASK|STRING_IDS|SESSION_TIME_INFO|NPU_INFO|HOST_INFO|RANK_DEVICE_MAP|META_DATA|COMPUTE_TASK_INFO|COMMUNICATION_(OP|TASK_INFO)|CANN_API|PYTORCH_API|MSTX_EVENTS|TASK_PMU_INFO|NPU_MEM|AICORE_FREQ|ENUM_(HCCL|API|MSTX|MODULE|MEMCPY)\w*)$/;
/** The first values that the exporter writes: in large databases the names of tables stand farther back. */
const CAPTURE_VALUES = /RDMA_SEND_PAYLOAD|HCCS_SW/;

const ANALYSIS_NAME = /(^|[\\/])analysis\.db$/;
const ANALYSIS_TABLES = /^(StepTraceTime|CommAnalyzer(Time|Bandwidth|Matrix))$/;

export const ascendDb: Reader = {
  id: 'ascend-db',
  vendor: 'Ascend',
  label: 'Ascend msprof or torch_npu SQLite database',
  role: 'timeline',
  isDatabase: true,
  sniff(path, head) {
    return sniffDatabase(path, head, (text, tables) => {
      const own = tables.filter((table) => CAPTURE_TABLES.test(table));
      if (own.length > 1) return { confidence: 3, why: `an SQLite database with ${own.slice(0, 3).join(', ')}` };
      if (CAPTURE_VALUES.test(text)) return { confidence: 3, why: 'an SQLite database with names of Ascend links' };
      if (CAPTURE_NAME.test(path)) return { confidence: 2, why: 'an SQLite database named by an Ascend tool' };
      return undefined;
    });
  },
  load: async () => (await import('./db/load.ts')).loadDatabases,
};

export const ascendAnalysisDb: Reader = {
  id: 'ascend-analysis-db',
  vendor: 'Ascend',
  label: 'Ascend analysis.db, the results of the analyser',
  role: 'facts',
  isDatabase: true,
  sniff(path, head) {
    return sniffDatabase(path, head, (_, tables) => {
      const own = tables.filter((table) => ANALYSIS_TABLES.test(table));
      if (own.length > 0) return { confidence: 3, why: `an SQLite database with ${own.join(', ')}` };
      if (ANALYSIS_NAME.test(path)) return { confidence: 2, why: 'an SQLite database named by an Ascend tool' };
      return undefined;
    });
  },
  load: async () => (await import('./db/load.ts')).loadAnalysis,
};

function sniffDatabase(
  path: string,
  head: Uint8Array,
  judge: (text: string, tables: readonly string[]) => Sniffed | undefined,
): Sniffed {
  const text = headText(head);
  if (!text.startsWith(SIGNATURE)) return { confidence: 0, why: 'no SQLite database' };
  if (VIEWER_FILE.test(path)) return { confidence: 0, why: 'notes of the MindStudio Insight viewer' };
  const tables = [...text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?["'`[]?(\w+)/g)].map(([, name]) => name);
  return judge(text, tables) ?? { confidence: 0, why: 'an SQLite database without tables of Ascend' };
}
