import { describe, expect, it } from 'vitest';
import { EnvironmentError, InputError, UsageError } from '../../src/base/index.ts';
import { formatBytes, formatDuration, formatEpoch, formatNumbers, formatSeconds } from '../../src/report/format.ts';
import { formatTable } from '../../src/report/text/table.ts';
import { createProgram } from '../../src/cli/main.ts';
import { chooseWriter } from '../../src/cli/output-format.ts';
import { progressLine } from '../../src/cli/progress.ts';
import { reportError } from '../../src/cli/report-error.ts';
import { visible } from '../../src/report/text/style.ts';
import { Terminal } from '../../src/cli/terminal.ts';
import { parseTimeRange } from '../../src/cli/time-range.ts';
import { parseTrackPattern } from '../../src/cli/track-pattern.ts';

describe('--range', () => {
  it.each([
    ['1.2s..1.5s', 1_200_000_000, 1_500_000_000],
    ['0.1ns..1us', Number.NaN, Number.NaN],
    ['0ns..1us', 0, 1000],
    ['..300µs', Number.NEGATIVE_INFINITY, 300_000],
    ['1.2s..', 1_200_000_000, Number.POSITIVE_INFINITY],
    ['0.000000001s..4503599.627370497s', 1, 4_503_599_627_370_497],
    ['1.250ms .. 2 ms', 1_250_000, 2_000_000],
  ])('%s', (text, fromNs, toNs) => {
    if (Number.isNaN(fromNs)) expect(() => parseTimeRange(text)).toThrow('finer than a nanosecond');
    else expect(parseTimeRange(text)).toEqual({ fromNs, toNs });
  });

  it.each(['', '..', '1s', '1..2s', '2s..1s', '1s..1s', '1s..2s..3s', '-1s..2s', '1m..2m', '1e3s..', '9999999999s..'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseTimeRange(text)).toThrow(UsageError);
    },
  );
});

describe('--tracks', () => {
  const names = [
    ['Ascend Hardware', 'Stream 2'],
    ['Ascend Hardware', 'Stream 21'],
    ['CANN', 'Thread 7'],
    ['HBM', 'HBM 0/Read'],
  ] as const;
  const chosen = (pattern: string): string[] => {
    const keeps = parseTrackPattern(pattern);
    return names.filter(([process, track]) => keeps(process, track)).map(([, track]) => track);
  };
  it.each([
    ['stream 2', ['Stream 2']],
    ['Stream*', ['Stream 2', 'Stream 21']],
    ['Stream ?', ['Stream 2']],
    ['ascend hardware', ['Stream 2', 'Stream 21']],
    ['Ascend* / *1', ['Stream 21']],
    ['/^cann|read$/', ['Thread 7', 'HBM 0/Read']],
    ['HBM 0/Read', ['HBM 0/Read']],
    ['[', []],
  ])('%s', (pattern, expected) => {
    expect(chosen(pattern)).toEqual(expected);
  });

  it('refuses a broken regular expression', () => {
    expect(() => parseTrackPattern('/(/')).toThrow(UsageError);
  });
});

describe('the output format', () => {
  it.each([
    ['a.json', 'chrome-json'],
    ['A.JSON.GZ', 'chrome-json'],
    ['a.pftrace', 'perfetto'],
    ['a.perfetto-trace.gz', 'perfetto'],
    ['dir.json/a.pb', 'perfetto'],
  ])('of %s is %s', (path, id) => {
    expect(chooseWriter(path, undefined).id).toBe(id);
  });

  it('is what --to says', () => {
    expect(chooseWriter('a.json', 'perfetto').id).toBe('perfetto');
    expect(chooseWriter('-', 'chrome-json').id).toBe('chrome-json');
  });

  it.each([
    ['a.txt', undefined, '.json, .pftrace'],
    ['-', undefined, '--to chrome-json'],
    ['a.json', 'xml', 'chrome-json, perfetto'],
  ])('cannot be told from -o %s --to %s, so the choices are listed', (path, to, hint) => {
    try {
      chooseWriter(path, to);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      expect(error).toMatchObject({ hint: expect.stringContaining(hint) });
    }
  });
});

describe('quantities', () => {
  it('look like this', () => {
    expect([0, 999, 1000, 999_949, 999_950, 1_234_567_890].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '999.9 kB',
      '1.0 MB',
      '1.2 GB',
    ]);
    expect([0, 999, 1000, 1_234_567, 61_000_000_000].map(formatDuration)).toEqual([
      '0 ns',
      '999 ns',
      '1.000 µs',
      '1.235 ms',
      '61.000 s',
    ]);
    expect([0.2, 59, 61, 3600].map(formatSeconds)).toEqual(['1s', '59s', '1m 01s', '60m 00s']);
  });

  it('show an epoch time to the nanosecond, and no date for a clock that counts from boot', () => {
    expect(formatEpoch(1_787_504_006_851_852_778n)).toBe('2026-08-23T16:53:26.851852778Z');
    expect(formatEpoch(470_002_538_790_308n)).toBeUndefined();
  });

  it('stand in columns, numbers to the right', () => {
    expect(
      formatTable(
        ['name', 'count'],
        [
          ['a', 1],
          ['long name', 12345],
        ],
      ),
    ).toEqual(['name        count', 'a               1', 'long name  12,345']);
  });
});

describe('the progress bar', () => {
  it('shows the rate and the time left', () => {
    expect(progressLine('reading', 0.25, 50e6, 2)).toBe('reading [######------------------] 25%  25.0 MB/s, 6s left');
  });
});

describe('names from a trace on the terminal', () => {
  it('cannot move the cursor, recolour the screen or turn the writing direction', () => {
    expect(visible('a\u001b[31mred\r\nb\u0007\u202eevil\u0085\u2028')).toBe(
      'a\\u{1b}[31mred\\u{d}\\u{a}b\\u{7}\\u{202e}evil\\u{85}\\u{2028}',
    );
    expect(visible('矩阵乘 MatMul_é')).toBe('矩阵乘 MatMul_é');
  });
});

describe('exit codes', () => {
  class SilentTerminal extends Terminal {
    readonly lines: string[] = [];
    override complain(line: string): void {
      this.lines.push(line.replace(/\u001b\[\d+m/g, ''));
    }
  }
  it.each([
    [2, new UsageError('x', 'no such flag', 'try this'), ['traceconv: no such flag', 'hint: try this']],
    [
      3,
      new InputError('x', { at: { path: 'a\nb.json', offset: 7 }, expected: 'this', found: 'that' }),
      ['traceconv: a\\u{a}b.json, byte 7: expected this, found that'],
    ],
    [7, new EnvironmentError('disk_full', 'o', 'o: no space left'), ['traceconv: o: no space left']],
    [0, new EnvironmentError('output_closed', '-', 'closed'), []],
    [
      70,
      new TypeError('x is undefined'),
      [
        'traceconv: a bug in traceconv: x is undefined',
        'hint: please report it, with the output of the same command and --verbose',
      ],
    ],
  ])('%i', (exitCode, error, lines) => {
    const terminal = new SilentTerminal({ quiet: true, verbose: false, color: false });
    expect(reportError(error, terminal)).toBe(exitCode);
    expect(terminal.lines).toEqual(lines);
  });
});

describe('help', () => {
  const program = createProgram(async () => {});
  it.each(program.commands.map((command) => [command.name(), command] as const))(
    'of %s has examples',
    (name, command) => {
      let help = '';
      command.configureOutput({
        writeOut: (text) => {
          help += text;
        },
      });
      command.outputHelp();
      expect(help).toContain('Examples:\n  traceconv');
      expect(help).toContain('--quiet');
      expect(help).toContain(name);
    },
  );
});

it('numbers that follow one another are a range, and of very many the first are shown', () => {
  expect(formatNumbers([0, 1])).toBe('0,1');
  expect(formatNumbers([0, 1, 2, 3, 8, 10, 11, 12])).toBe('0-3,8,10-12');
  expect(formatNumbers(Array.from({ length: 300 }, (_, i) => i))).toBe('0-299');
  expect(formatNumbers(Array.from({ length: 20 }, (_, i) => 8 * i))).toBe(
    '0,8,16,24,32,40,48,56,64,72,80,88 and 8 more',
  );
});
