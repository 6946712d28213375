import { describe, expect, test } from 'vitest';
import { parseArgs } from '../../../viewer/panels/args.ts';

describe('args of a slice', () => {
  test('are keys and values, every digit as it stands', () => {
    expect(parseArgs('{"id": 18446744073709551615, "t": 1.50, "e": -1e-3, "s": "12"}')).toEqual([
      { key: 'id', value: '18446744073709551615' },
      { key: 't', value: '1.50' },
      { key: 'e', value: '-1e-3' },
      { key: 's', value: '12' },
    ]);
  });

  test('keep texts that look like JSON or hold quotes and numbers', () => {
    expect(parseArgs(String.raw`{"a": "say \"1\": 2", "b\\": "{\"x\": 3}"}`)).toEqual([
      { key: 'a', value: 'say "1": 2' },
      { key: 'b\\', value: '{"x": 3}' },
    ]);
  });

  test('are a tree where objects stand in them; plain lists stay in a line', () => {
    expect(parseArgs('{"shape": [32, 4096], "of": {"x": null, "y": [[1], {"z": true}]}}')).toEqual([
      { key: 'shape', value: '[32, 4096]' },
      {
        key: 'of',
        value: [
          { key: 'x', value: 'null' },
          {
            key: 'y',
            value: [
              { key: '0', value: '[1]' },
              { key: '1', value: [{ key: 'z', value: 'true' }] },
            ],
          },
        ],
      },
    ]);
  });

  test('that are damaged are shown as they are', () => {
    expect(parseArgs('{"a": 1')).toEqual([{ key: '', value: '{"a": 1' }]);
    expect(parseArgs('NaN')).toEqual([{ key: '', value: 'NaN' }]);
  });

  test('cannot reach what every object has, nor be too deep', () => {
    expect(parseArgs('{"__proto__": {"x": 1}}')).toEqual([{ key: '__proto__', value: [{ key: 'x', value: '1' }] }]);
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    expect(parseArgs(deep)).toHaveLength(1);
  });

  test('may be missing', () => {
    expect(parseArgs('')).toEqual([]);
  });
});
