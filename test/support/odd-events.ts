// Events for readers, usual and odd ones, and damage to files.
import fc from 'fast-check';

/** Events of the plainest shape: readers take these many at a time. */
export const USUAL = Array.from(
  { length: 12 },
  (_, i) =>
    `{"ph":"X","name":"op","pid":1,"tid":2,"ts":${1000 + i},"dur":1,"args":{"level":"acl","connection_id":${i}}}`,
);

const text = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const oneIn = (n: number, odd: fc.Arbitrary<string>, usual: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: n - 1, arbitrary: usual }, { weight: 1, arbitrary: odd });
const space = text('', '', '', '', ' ', '\n\t ');

/** Values by field, one in `n` of them odd. */
function fieldsWith(n: number): Record<string, fc.Arbitrary<string>> {
  const number = text(
    '0',
    '17',
    '-3',
    '4294967295',
    '0.125',
    '48256.875',
    '0.0012104705704342564',
    '123456789012345.5',
    '98.0',
  );
  const string = text('"AI_CORE"', '"x"', '"a string of more than sixteen bytes"', '""');
  const value = text('true', 'null', '"two\\nlines"', '[1,"]",{"a":[]}]', '1234567890123456');
  const oddValue = text(
    ...['"\\u0041\\x"', '"é"', '-0', '-', '1.', '.5', '-.5', '007', '1e5', '-1.5e-3', '12345678901234567890'],
    ...['nul', 'True', '"12"', '{"b":{}}', '[}', '"\t"', '', '123456789012345.6'],
  );
  const numberKey = text('connection_id', 'size(B)', 'Stream Id', 'stream id');
  const stringKey = text('Task Type', 'task type', 'level');
  const otherKey = text('acc_id', 'value', 'a', 'a key rather long to compare', '');
  const oddKey = text('é', 'a\\nb', 'a\tb', 'level', 'stream id');
  const member = fc
    .oneof(
      { weight: 2 * n, arbitrary: fc.tuple(numberKey, text('0', '17', '-3', '4294967295', '3.25'), space) },
      { weight: 2 * n, arbitrary: fc.tuple(stringKey, string, space) },
      { weight: 2 * n, arbitrary: fc.tuple(otherKey, fc.oneof(string, number, value), space) },
      { weight: 2, arbitrary: fc.tuple(fc.oneof(numberKey, stringKey, otherKey), oddValue, space) },
      { weight: 1, arbitrary: fc.tuple(oddKey, fc.oneof(string, number), space) },
    )
    .map(([key, json, gap]) => `${gap}"${key}"${gap}:${gap}${json}${gap}`);
  const args = fc.array(member, { maxLength: 4 }).map((members) => `{${members.join(',')}}`);
  const sample = fc.tuple(text('value', 'Read(MB/s)', 'a'), number).map(([key, json]) => `"${key}":${json}`);
  const counterArgs = fc
    .tuple(fc.array(sample, { minLength: 1, maxLength: 2 }), fc.subarray(['"acc_id":1']))
    .map(([samples, selectors]) => `{${[...samples, ...selectors].join(', ')}}`);
  return {
    slice: oneIn(n, text('"B"', '"E"', '"i"', '"C"', '"s"', '"Q"', '""', '1', '"\\u0058"'), text('"X"')),
    counter: oneIn(n, text('"X"', '"M"', '"b"', '"f"'), text('"C"')),
    flow: oneIn(n, text('"C"', '"e"', '"X"', '"ss"'), text('"s"', '"t"', '"f"')),
    name: oneIn(
      n,
      text('""', '"é 中文"', '"a\\tb"', '"bad\ttab"', '7', 'null', '"\\"'),
      text(
        '"op"',
        '"MatMul_MatMulV3_with_a_long_name"',
        '"HostToDevice7"',
        '"x12"',
        '"12"',
        '"HBM 0/Read"',
        '"process_name"',
      ),
    ),
    pid: oneIn(
      n,
      text('"one"', '007', '1.0', '-1', '12345678901234567890', 'null'),
      text('1', '2', '"1"', '640551328'),
    ),
    tid: oneIn(n, text('"one"', '007', '1.5', '99999999999999999', '{}'), text('1', '2', '"2"', '625661')),
    ts: oneIn(
      n,
      text(
        '"x"',
        '1e3',
        '-5',
        '12.3456',
        '1787504006856664.005',
        '"1787504006856664.0049"',
        '99999999999999999',
        '5.',
        'null',
        '""',
      ),
      text('1000', '1001.5', '"1002.25"', '"1003.125"', '0', '01004', '4499999999999'),
    ),
    dur: oneIn(
      n,
      text('"x"', '-1', '1e2', '99999999999999', '4500000000000', '2.', '.5', 'null'),
      text(
        '0',
        '1',
        '999999999999',
        '12.037125',
        '0.9995',
        '0.6017319587628865',
        '"3.5"',
        '84.071',
        '1.00050000000000000000',
      ),
    ),
    cat: oneIn(n, text('5', '"é"', '"\\n"'), text('"HostToDevice"', '"c"', '""')),
    id: oneIn(
      n,
      text('""', '"x1"', '-5', '"18446744073709551616"', '"\\u0037"', '{}'),
      text('7', '"7"', '"12"', '98784247808', '"98784247808"'),
    ),
    bp: text('"e"', '"x"'),
    args: oneIn(n, text('null', '[]', '{"a":1,}', '{"a" 1}', '{,}', '"x"'), args),
    counterArgs: oneIn(n, args, counterArgs),
    id2: text('{"global":"7"}', '{"local":"7"}'),
    bind_id: text('7', '"12"'),
    flow_out: text('true', '"true"'),
    tts: text('1', '"x'),
    'na\\u006de': text('"escaped"'),
  };
}

/** Fields in the orders that exporters use. */
const SHAPES = [
  ['name', 'pid', 'tid', 'ts', 'dur', 'ph:slice', 'args'],
  ['name', 'pid', 'tid', 'ts', 'ph:counter', 'args:counterArgs'],
  ['ph:counter', 'args:counterArgs', 'name', 'pid', 'ts'],
  ['name', 'pid', 'tid', 'ph:flow', 'cat', 'id', 'ts', 'bp'],
  ['args', 'dur', 'ts', 'tid', 'pid', 'cat', 'ph:slice', 'name'],
];
const EXTRA = ['id2', 'bind_id', 'flow_out', 'tts', 'na\\u006de', 'name', 'ts', 'dur', 'args', 'cat', 'id'];

/** An odd event has odd values, perhaps a field too many, or a brace too few or too many. */
function eventWith(fields: Record<string, fc.Arbitrary<string>>, isOdd: boolean): fc.Arbitrary<string> {
  const extra = isOdd ? oneIn(3, text(...EXTRA), text('')) : text('');
  const end = isOdd ? oneIn(10, text('', '}}', ']', '},'), text('}')) : text('}');
  return fc.tuple(fc.constantFrom(...SHAPES), extra, space, end).chain(([shape, also, gap, close]) => {
    const names = also === '' ? shape : [...shape, also];
    const members = fc.tuple(...names.map((name) => memberOf(fields, name, gap)));
    return members.map((each) => `${gap}{${gap}${each.join(`,${gap}`)}${close}${gap}`);
  });
}

function memberOf(fields: Record<string, fc.Arbitrary<string>>, field: string, gap: string): fc.Arbitrary<string> {
  const [key, values = key] = field.split(':');
  return fields[values].map((json) => `"${key}":${gap}${json}${gap}`);
}

/** Mostly usual ones, so that there are runs of them. */
export const anyEvent = oneIn(10, eventWith(fieldsWith(4), true), eventWith(fieldsWith(1000), false));

/** A byte changed, or the rest cut off. */
export function damage(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const at = random(bytes.length);
  if (random(4) === 0) return bytes.slice(0, at);
  const damaged = bytes.slice();
  damaged[at] = random(2) === 0 ? random(256) : '"\\{}[],:-.0e \n'.charCodeAt(random(14));
  return damaged;
}
