/**
 * The state as the part of the page's address behind `#`, and back. What is as it is at first is left out. Anybody may write
 * an address, so each value is checked; what is no such value is as if it had not been there.
 */
import { MEASURES } from '../src/analysis/host/measures.ts';
import { BUBBLE_CAUSES, BUBBLE_KINDS } from '../src/analysis/bubbles/bubble.ts';
import { PHASES } from '../src/analysis/steps/step.ts';
import { COLOUR_BY } from '../src/session/requests/protocol.ts';
import { PANELS, type RankShift, type SliceRef, type ViewState } from './state.ts';

const VERSION = '1';
const MOST_TEXT = 500;
const MOST_NUMBERS = 100_000;

interface Field<Value> {
  readonly key: string;
  write(value: Value): string;
  /** undefined where the text is no such value. */
  read(text: string): Value | undefined;
}
type Fields = { readonly [Name in keyof ViewState]: Field<ViewState[Name]> };

const NUMBER = /^-?\d{1,16}$/;

function wholeNumber(text: string): number | undefined {
  const value = Number(text);
  return NUMBER.test(text) && Number.isSafeInteger(value) ? value : undefined;
}

function position(text: string): number | undefined {
  const value = wholeNumber(text);
  return value !== undefined && value >= 0 ? value : undefined;
}

const wholeField = (key: string): Field<number> => ({ key, write: String, read: wholeNumber });

const textField = (key: string): Field<string> => ({
  key,
  write: (text) => text,
  read: (text) => (text.length <= MOST_TEXT ? text : undefined),
});

function wordField<Word extends string>(key: string, words: readonly Word[]): Field<Word> {
  return { key, write: (word) => word, read: (text) => words.find((word) => word === text) };
}

/** '-' is null; texts that begin with '-' have one more. */
function orNull<Value>(field: Field<Value>): Field<Value | null> {
  return {
    key: field.key,
    write(value) {
      if (value === null) return '-';
      const text = field.write(value);
      return text.startsWith('-') ? `-${text}` : text;
    },
    read: (text) => (text === '-' ? null : field.read(text.startsWith('--') ? text.slice(1) : text)),
  };
}

/** [3, 4, 5, 9] is "3-5.9". */
const numbersField = (key: string): Field<readonly number[]> => ({ key, write: writeNumbers, read: readNumbers });

function writeNumbers(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const each of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && each === last[1] + 1) last[1] = each;
    else runs.push([each, each]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join('.');
}

function readNumbers(text: string): number[] | undefined {
  const numbers: number[] = [];
  for (const run of text === '' ? [] : text.split('.')) {
    const [first, last = first, more] = run.split('-').map(position);
    if (first === undefined || last === undefined || more !== undefined) return undefined;
    if (last < first || last - first + numbers.length >= MOST_NUMBERS) return undefined;
    for (let each = first; each <= last; each++) numbers.push(each);
  }
  return numbers;
}

function readShifts(text: string): RankShift[] | undefined {
  const shifts: RankShift[] = [];
  for (const each of text === '' ? [] : text.split('.')) {
    const [rank, shiftNs, more] = each.split('_').map(wholeNumber);
    if (rank === undefined || shiftNs === undefined || more !== undefined) return undefined;
    shifts.push({ rank, shiftNs });
  }
  return shifts;
}

const sliceField = (key: string): Field<SliceRef | null> =>
  orNull({
    key,
    write: ({ track, slice }) => `${track}.${slice}`,
    read(text) {
      const [track, slice, more] = text.split('.').map(position);
      return track === undefined || slice === undefined || more !== undefined ? undefined : { track, slice };
    },
  });

const FIELDS: Fields = {
  run: { key: 'run', write: String, read: position },
  startNs: wholeField('from'),
  endNs: wholeField('to'),
  selected: sliceField('slice'),
  bubble: orNull({
    key: 'bubble',
    write: ({ kind, device, row, leastNs }) => `${kind}.${device}.${row}${leastNs === undefined ? '' : `.${leastNs}`}`,
    read(text) {
      const [wanted, ...numbers] = text.split('.');
      const kind = BUBBLE_KINDS.find((each) => each === wanted);
      const [device, row, leastNs] = numbers.map(position);
      if (kind === undefined || device === undefined || row === undefined || numbers.length > 3) return undefined;
      if (numbers.length < 3) return { kind, device, row };
      return leastNs === undefined ? undefined : { kind, device, row, leastNs };
    },
  }),
  area: orNull({
    key: 'area',
    write: ({ startNs, endNs, tracks }) => `${startNs}_${endNs}_${writeNumbers(tracks)}`,
    read(text) {
      const [start, end, list = '', more] = text.split('_');
      const [startNs, endNs, tracks] = [wholeNumber(start), wholeNumber(end ?? ''), readNumbers(list)];
      if (startNs === undefined || endNs === undefined || tracks === undefined || more !== undefined) return undefined;
      return endNs > startNs ? { startNs, endNs, tracks } : undefined;
    },
  }),
  panel: wordField('panel', PANELS),
  colourBy: wordField('colour', COLOUR_BY),
  trackFilter: textField('tracks'),
  collapsed: numbersField('closed'),
  pinned: numbersField('pinned'),
  order: numbersField('order'),
  shifts: {
    key: 'shift',
    write: (shifts) => shifts.map(({ rank, shiftNs }) => `${rank}_${shiftNs}`).join('.'),
    read: readShifts,
  },
  by: textField('by'),
  opFilter: textField('ops'),
  highlighted: orNull(textField('mark')),
  cause: orNull(wordField('cause', BUBBLE_CAUSES)),
  phase: orNull(wordField('phase', PHASES)),
  search: textField('find'),
  stackMeasure: wordField('stacks', MEASURES),
  stackSearch: textField('frames'),
  stack: sliceField('stack'),
  measured: orNull(textField('labels')),
  compared: orNull({ key: 'with', write: String, read: position }),
  alignedStep: { key: 'step', write: String, read: position },
};

/** With the `#`. */
export function addressOf(state: ViewState, initial: ViewState): string {
  const values = new URLSearchParams({ v: VERSION });
  for (const name of Object.keys(FIELDS) as (keyof ViewState)[]) write(name, state, initial, values);
  return `#${values.toString()}`;
}

function write<Name extends keyof ViewState>(
  name: Name,
  state: ViewState,
  initial: ViewState,
  values: URLSearchParams,
): void {
  const { key, write: textOf } = FIELDS[name];
  const text = textOf(state[name]);
  if (text !== textOf(initial[name])) values.set(key, text);
}

export function stateAt(address: string, initial: ViewState): ViewState {
  const values = new URLSearchParams(address.replace(/^#/, ''));
  if (values.get('v') !== VERSION) return initial;
  const change: Partial<ViewState> = {};
  for (const name of Object.keys(FIELDS) as (keyof ViewState)[]) read(name, values, change);
  const state = { ...initial, ...change };
  return state.endNs > state.startNs ? state : { ...state, startNs: initial.startNs, endNs: initial.endNs };
}

function read<Name extends keyof ViewState>(
  name: Name,
  values: URLSearchParams,
  change: { [Each in keyof ViewState]?: ViewState[Each] },
): void {
  const { key, read: valueOf } = FIELDS[name];
  const text = values.get(key);
  const value = text === null ? undefined : valueOf(text);
  if (value !== undefined) change[name] = value;
}

/** Which of the open runs an address is about. */
export function runAt(address: string): number {
  const values = new URLSearchParams(address.replace(/^#/, ''));
  return values.get('v') === VERSION ? (position(values.get('run') ?? '') ?? 0) : 0;
}

/** `carried` is what a run begins with that the one before had. */
export function addressOfRun(run: number, carried: Partial<ViewState> = {}): string {
  const values = new URLSearchParams({ v: VERSION });
  const all: Partial<ViewState> = { ...carried, run };
  for (const name of Object.keys(FIELDS) as (keyof ViewState)[]) carry(name, all, values);
  return `#${values.toString()}`;
}

function carry<Name extends keyof ViewState>(
  name: Name,
  carried: { readonly [Each in keyof ViewState]?: ViewState[Each] },
  values: URLSearchParams,
): void {
  const value = carried[name];
  if (value !== undefined) values.set(FIELDS[name].key, FIELDS[name].write(value));
}
