/**
 * One folder per vendor, one file per format, listed here. A reader turns the bytes of one capture into a Timeline.
 * Which files make up a capture is decided in session.
 */
import { Registry } from '../base/index.ts';
import { ascendCommunicationJson } from './ascend/communication-json.ts';
import { ascendAnalysisDb, ascendDb } from './ascend/db.ts';
import { ascendMsprofJson } from './ascend/msprof-json.ts';
import { ascendOpCsv } from './ascend/op-csv.ts';
import { ascendSettingsJson } from './ascend/settings-json.ts';
import { ascendTableCsv } from './ascend/table-csv.ts';
import { ascendTaskCsv } from './ascend/task-csv.ts';
import { chromeJson } from './chrome/chrome-json.ts';
import { perfettoTrace } from './perfetto/perfetto-trace.ts';
import { vllmMetrics } from './prometheus/vllm-metrics.ts';
import type { Reader } from './reader.ts';
import { sophonProfileData } from './sophon/results/profile-data.ts';
import { sophonRegInfo } from './sophon/results/reg-info.ts';
import { sophonResultCsv } from './sophon/results/result-csv.ts';
import { sophonResultJson } from './sophon/results/result-json.ts';
import { sophonRaw } from './sophon/sophon-raw.ts';
import { torchKineto } from './torch/kineto.ts';
import { vllmResultCsv } from './vllm/result-csv.ts';
import { vllmResultJson } from './vllm/result-json.ts';
import { vllmResultText } from './vllm/result-text.ts';

export { HEAD_BYTES } from './reader.ts';

/** The most particular first: `inspect` lists candidates in this order. */
export const readers = new Registry<Reader>([
  ascendMsprofJson,
  ascendDb,
  ascendOpCsv,
  ascendTaskCsv,
  ascendTableCsv,
  ascendCommunicationJson,
  ascendSettingsJson,
  ascendAnalysisDb,
  sophonRaw,
  sophonRegInfo,
  sophonProfileData,
  sophonResultCsv,
  sophonResultJson,
  vllmResultJson,
  vllmResultCsv,
  vllmResultText,
  torchKineto,
  vllmMetrics,
  perfettoTrace,
  chromeJson,
]);
