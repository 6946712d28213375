import { type FoundFile, gzipTruncated, type Host, InputError, type Registry, UsageError } from '../base/index.ts';
import { type Confidence, HEAD_BYTES, type Reader } from '../readers/reader.ts';
import { describeHead, isUtf16 } from './describe-head.ts';

export interface Candidate extends FoundFile {
  /** Named by the user, not merely found in a folder: it has to be a trace. */
  readonly isNamed: boolean;
  /** The folder that was named and led to it, by its absolute path. */
  readonly namedFolder?: string;
}

export interface RecognisedFile extends Candidate {
  readonly reader: Reader;
  readonly confidence: Confidence;
  readonly why: string;
}

export interface UnrecognisedFile {
  readonly reader: undefined;
  readonly why: string;
  /** It might have been meant: say so. */
  readonly isNotable: boolean;
  /** By its name it should have been read. */
  readonly isLoss?: boolean;
}

export type Recognition = RecognisedFile | UnrecognisedFile;

/** What only profilers call their files: one that is empty or something else is missed. */
const CAPTURE_NAME =
  /(^|[\\/])(trace_view\.json|kernel_details\.csv|(msprof|msprof_slice_\d+)_\d{14}\.json|(op_summary|task_time)_\d{14}\.csv)(\.gz)?$/;

/** Decides by a file's first bytes which reader takes it. A named file that none takes is an InputError. */
export async function recognise(
  file: Candidate,
  host: Host,
  readers: Registry<Reader>,
  forced: Reader | undefined,
): Promise<Recognition> {
  let head: Uint8Array;
  try {
    head = await host.readHead(file, HEAD_BYTES);
  } catch (error) {
    // Among the files of a folder only one that is a trace by its name has to be readable.
    if (file.isNamed || bestBySniffing(file, new Uint8Array(0), readers) !== undefined) throw error;
    return { reader: undefined, why: error instanceof Error ? error.message : 'cannot be read', isNotable: true };
  }
  if (!file.isNamed && isOwnOutput(head)) {
    return {
      reader: undefined,
      why: 'an earlier output of traceconv; name the file itself to read it',
      isNotable: true,
    };
  }
  if (forced !== undefined && file.isNamed && head.length > 0) {
    return { ...file, reader: forced, confidence: 3, why: 'as asked with --from' };
  }
  const best = head.length === 0 || isUtf16(head) ? undefined : bestBySniffing(file, head, readers);
  if (best !== undefined && (forced === undefined || forced === best.reader)) return { ...file, ...best };
  const found = describeHead(head);
  if (!file.isNamed) {
    const isLoss = CAPTURE_NAME.test(file.absolutePath);
    return { reader: undefined, why: found, isNotable: isLoss || isUtf16(head), isLoss };
  }
  if (head.length < HEAD_BYTES) {
    const { cutAtBytes, sizeBytes } = await host.openSource(file);
    if (cutAtBytes !== undefined)
      throw gzipTruncated(file.path, cutAtBytes, `the ${sizeBytes} bytes before that are no trace yet: ${found}`);
  }
  throw new InputError(head.length === 0 ? 'empty_file' : 'not_a_trace', {
    at: { path: file.path, offset: 0 },
    expected: 'a trace or results of a benchmark or server',
    found,
    hint: `traceconv inspect <folder> lists what can be read; known are ${[...readers].map(({ label }) => label).join(', ')}`,
  });
}

/** Outputs often lie beside the captures they were made from: reading both would count everything twice. */
function isOwnOutput(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 256));
  return text.includes('"converter":"traceconv"') || text.includes('converter\x1a\x09traceconv');
}

interface Verdict {
  readonly reader: Reader;
  readonly confidence: Confidence;
  readonly why: string;
}

function bestBySniffing(file: FoundFile, head: Uint8Array, readers: Registry<Reader>): Verdict | undefined {
  const verdicts = [...readers].map((reader): Verdict => ({ reader, ...reader.sniff(file.path, head) }));
  const highest = Math.max(...verdicts.map(({ confidence }) => confidence));
  const [best, ...tied] = verdicts.filter(({ confidence }) => confidence === highest);
  if (highest === 0) return undefined;
  if (tied.length === 0) return best;
  const ids = [best, ...tied].map(({ reader }) => reader.id);
  throw new UsageError(
    'ambiguous_format',
    `${file.path} may be read as ${ids.join(' or ')}`,
    `say which with ${ids.map((id) => `--from ${id}`).join(' or ')}`,
  );
}

export function readerCalled(id: string, readers: Registry<Reader>): Reader {
  const reader = readers.get(id);
  if (reader !== undefined) return reader;
  throw new UsageError('unknown_reader', `no reader is called ${id}`, `readers: ${readers.ids.join(', ')}`);
}
