import { ProtoCursor } from '../../bytes/index.ts';
import { MAX_JSON_DEPTH } from '../../bytes/json-walk.ts';
import { ANNOTATION } from './annotation-fields.ts';

/** Fields in which values lie in others: of DebugAnnotation, and of its older NestedValue. */
const INNER = { annotation: [ANNOTATION.dictEntries, ANNOTATION.arrayValues], nested: [3, 4] } as const;

/** Whether the annotation [from, to) is nested deeper than is written as JSON. */
export function isTooDeep(
  bytes: Uint8Array,
  from: number,
  to: number,
  form: keyof typeof INNER = 'annotation',
  depth = 1,
): boolean {
  if (depth > MAX_JSON_DEPTH) return true;
  const cursor = new ProtoCursor().start(bytes, from, to);
  while (cursor.next()) {
    const { field, isBytes } = cursor;
    const isOlder = form === 'annotation' && field === ANNOTATION.nested;
    if (!isBytes || (!isOlder && field !== INNER[form][0] && field !== INNER[form][1])) continue;
    if (isTooDeep(bytes, cursor.from, cursor.to, isOlder ? 'nested' : form, isOlder ? depth : depth + 1)) return true;
  }
  return false;
}
