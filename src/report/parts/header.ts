import { formatCount, formatDuration, formatEpoch } from '../format.ts';
import type { ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { fileName } from '../../timeline/index.ts';
import type { Sentence } from './part.ts';

/** What was read, what it was made on, and which part of it the report is about. */
export function header(document: ReportDocument, texts: ReportTexts): Sentence[] {
  return [filesOf(document, texts), placeOf(document, texts), timeOf(document, texts)].filter(
    (sentence) => sentence.length > 0,
  );
}

/** The file, or the folder that all files are in, or the first of them. */
function filesOf({ inputs }: ReportDocument, { sentences }: ReportTexts): Sentence {
  const [first] = inputs;
  if (first === undefined) return [];
  if (inputs.length === 1) return [{ name: first.path }];
  const shared = sharedFolder(inputs.map(({ path }) => path));
  const name = shared === '' ? fileName(first.path) : shared;
  return [{ name }, ` (${sentences.files(formatCount(inputs.length))})`];
}

function sharedFolder(paths: readonly string[]): string {
  const parts = paths.map((path) => path.split(/[\\/]/).slice(0, -1));
  const [first] = parts;
  const end = first.findIndex((part, at) => parts.some((other) => other[at] !== part));
  return (end < 0 ? first : first.slice(0, end)).join('/');
}

function placeOf({ environment, inputs, totals }: ReportDocument, { sentences }: ReportTexts): Sentence {
  const { device, chip, chipName, toolkit, world, tp, pp } = environment;
  const levels = [...new Set(inputs.flatMap(({ level }) => level ?? []))];
  const ranks = new Set(totals.flatMap(({ rank }) => rank ?? [])).size;
  const split = [tp === null ? [] : [`tp ${tp}`], pp === null ? [] : [`pp ${pp}`]].flat().join(', ');
  const size = world ?? ranks;
  const pieces: Sentence[] = [
    device === null ? [] : [device],
    chip === null
      ? []
      : [chipName === null ? (/^\d+$/.test(chip) ? sentences.chip(chip) : chip) : sentences.chipCalled(chipName, chip)],
    toolkit === null ? [] : [{ name: toolkit }],
    size < 2 ? [] : [`${sentences.ranks(String(size))}${split === '' ? '' : ` (${split})`}`],
    levels.length === 1 ? [{ prose: sentences.level(levels[0]) }] : [],
  ];
  return joined(pieces);
}

function timeOf({ window, selection, originNs }: ReportDocument, { sentences, words }: ReportTexts): Sentence {
  if (window === null) return [];
  const start = formatEpoch(BigInt(originNs) + BigInt(window.startNs));
  const { range, steps } = selection;
  const end = range?.toNs ?? null;
  return joined([
    [sentences.window(formatDuration(window.endNs - window.startNs), words.windows[window.rule])],
    start === undefined ? [] : [sentences.from(start)],
    range === null ? [] : [sentences.range(formatDuration(range.fromNs), end === null ? '…' : formatDuration(end))],
    steps === null ? [] : [sentences.steps(steps)],
  ]);
}

function joined(pieces: readonly Sentence[]): Sentence {
  const some = pieces.filter((piece) => piece.length > 0);
  return some.flatMap((piece, index) => (index === 0 ? piece : [' · ', ...piece]));
}
