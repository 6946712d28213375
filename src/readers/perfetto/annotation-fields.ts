/** Fields of DebugAnnotation. */
export const ANNOTATION = {
  nameIid: 1,
  bool: 2,
  uint: 3,
  int: 4,
  double: 5,
  text: 6,
  pointer: 7,
  nested: 8,
  json: 9,
  name: 10,
  dictEntries: 11,
  arrayValues: 12,
  textIid: 17,
} as const;
