// Op tables for readers: usual rows, and cells that are odd in every way exporters and accidents have.
import fc from 'fast-check';

const text = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const oneIn = (n: number, odd: fc.Arbitrary<string>, usual: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: n - 1, arbitrary: usual }, { weight: 1, arbitrary: odd });

/** As they name their columns, or did so; the second column of a kind wins. */
const HEADERS = [
  ['Device_id', 'Task ID', 'Stream ID', 'Op Name', 'OP Type', 'Task Type', 'Task Start Time(us)', 'Task Duration(us)'],
  ['Step Id', 'Name', 'Type', 'Accelerator Core', 'Start Time(us)', 'Duration(us)', 'Wait Time(us)', 'Block Dim'],
  ['Duration(us)', 'Start Time(us)', 'Accelerator Core', 'Name', 'Task Type', 'Block Num', 'Block Dim', 'Device Id'],
  ['Model ID', 'Task ID', 'Stream ID', 'Op Name', 'Task Type', 'Task Start Time', 'Task Duration(us)', 'Input Shapes'],
  ['Task Type', 'Name', 'Start Time', 'Duration', 'Input Shapes', 'Output Shapes', 'Stream ID', 'aic_mac_ratio'],
].map((names) => names.join(','));

const NOTHING = ['N/A', '', ' ', '"N/A"', '""', '\t'];
const ODD_QUOTES = [
  '"a"b',
  '"a',
  'a"b"',
  '"a""b"',
  '"""a"',
  '"a"""',
  '""""""',
  '"""a""b"""',
  ' "a" ',
  '"a,b"',
  '"a\nb"',
  '"',
];
const ODD_BYTES = ['é 中文', 'a\rb', 'a\0b', '\r', 'a b', ' padded\t', '\ud800', '"\t in quotes "'];
const ODD_NUMBERS = [
  '-5',
  '+5',
  '1e3',
  '.5',
  '5.',
  '007',
  '-',
  '0x10',
  '-0',
  '12345678901234567890',
  '123456789.125',
  '"7"',
];

function cellsWith(n: number): Record<string, fc.Arbitrary<string>> {
  const odd = text(...NOTHING, ...ODD_QUOTES, ...ODD_BYTES, ...ODD_NUMBERS);
  const number = oneIn(n, odd, text('0', '1', '17', '4294967295', '48256.875', 'N/A', '12 ', '0.447000'));
  const string = oneIn(
    n,
    odd,
    text('AI_CORE', 'COMMUNICATION', 'HCCL', 'x', 'a text of more than sixteen bytes', 'N/A'),
  );
  const shapes = oneIn(n, odd, text('"""112,4096;4096"""', '""";;"""', '"2,3"', '""', 'N/A'));
  const times = [
    '1787504006856664.005\t',
    '1787504006856664',
    ' 1787504006900000.5',
    '"1787504006856665.25"',
    '5',
    '1787504006856664.1',
  ];
  const oddTimes = [
    '9007199254740993.5',
    '1787504006856664.0005',
    '99999999999999999',
    '1787504006856664.',
    '2.5 3',
    '1787504006856664,5',
  ];
  const durations = [
    '0',
    '12.037',
    '84.0715',
    '999999999999',
    '0.9995',
    '1.0005000000',
    '12.037 ',
    '0.0000000000000000001',
  ];
  const oddDurations = ['-1', '99999999999999', '2.', '1 2', '12.0371x', '1.00000000000000000000'];
  return {
    number,
    string,
    shapes,
    time: oneIn(n, fc.oneof(odd, text(...oddTimes)), text(...times)),
    duration: oneIn(n, fc.oneof(odd, text(...oddDurations)), text(...durations)),
  };
}

function kindOf(name: string): string {
  if (/Start/.test(name)) return 'time';
  if (/Duration/.test(name)) return 'duration';
  if (/Shapes/.test(name)) return 'shapes';
  return /Name|Type|Core/.test(name) ? 'string' : 'number';
}

function rowOf(
  names: readonly string[],
  cells: Record<string, fc.Arbitrary<string>>,
  isOdd: boolean,
): fc.Arbitrary<string> {
  const more = isOdd ? text('', '', ',', ',a', ',,') : text('');
  const end = isOdd ? text('\n', '\n\n', '\r\n', '\r\r\n', ' \n', '') : text('\n', '\n', '\r\n');
  return fc
    .tuple(fc.tuple(...names.map((name) => cells[kindOf(name)])), more, end)
    .map(([row, extra, lineEnd]) => `${row.join(',')}${extra}${lineEnd}`);
}

/** Enough usual rows for a reader to settle on them. */
function usualRows(names: readonly string[]): string {
  const usual: Record<string, string> = {
    time: '1787504006856664.005',
    duration: '1.5',
    number: '3',
    string: 'op',
    shapes: 'N/A',
  };
  return `${names.map((name) => usual[kindOf(name)]).join(',')}\n`.repeat(12);
}

/** Mostly usual rows, so that there are runs of them, and a header again now and then. */
export const anyTable: fc.Arbitrary<string> = fc.constantFrom(...HEADERS).chain((header) => {
  const names = header.split(',');
  const row = fc.oneof(
    { weight: 12, arbitrary: rowOf(names, cellsWith(1000), false) },
    { weight: 4, arbitrary: rowOf(names, cellsWith(4), true) },
    { weight: 1, arbitrary: text(`${header}\n`, '\n', '   \n', ',,,\n') },
  );
  return fc
    .tuple(text('', '\ufeff'), fc.array(row, { minLength: 20, maxLength: 120, size: 'max' }))
    .map(([bom, rows]) => `${bom}${header}\n${usualRows(names)}${rows.join('')}`);
});
