/** Every reader asks about the same head. */
const TEXTS = new WeakMap<Uint8Array, string>();

/** The head of a file as text, one character a byte: signatures are plain ASCII. */
export function headText(head: Uint8Array): string {
  let text = TEXTS.get(head);
  if (text === undefined) TEXTS.set(head, (text = new TextDecoder('latin1').decode(head)));
  return text;
}

/** What kind of Trace Event document a head looks like, or undefined. */
export function traceEventShape(text: string): string | undefined {
  const start = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (start.startsWith('[') && /^\[\s*\{/.test(start) && /"ph"\s*:\s*"/.test(start)) return 'an array of trace events';
  if (start.startsWith('{') && /"traceEvents"\s*:\s*\[/.test(start)) return 'an object with traceEvents';
  return undefined;
}

/** What Kineto writes of devices whatever they are called, and Ascend's own tools never. */
const KINETO_ITSELF =
  /^\s*\{[^]*"schemaVersion"\s*:\s*\d[^]*"(deviceProperties|distributedInfo|traceEvents)"\s*:|"cat"\s*:\s*"(kernel|gpu_memcpy|gpu_memset|privateuse1_\w+)"/;
const NPU_LABEL = /"labels"\s*:\s*"NPU/;

/** An NPU stands in the timelines of Ascend's tools, and where PyTorch's own profiler recorded one. */
export function hasAscendLabel(text: string): boolean {
  return NPU_LABEL.test(text) && !KINETO_ITSELF.test(text);
}
