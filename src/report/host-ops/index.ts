/** Operators and calls of the host in two runs, for people and for programs. No number is worked out here. */
import { HOST_OP_CHANGES, type HostOpsCompared } from '../../analysis/index.ts';
import { HOST_OPS_TEXTS } from '../../locale/host-ops.ts';
import type { Language } from '../../locale/index.ts';
import type { PlainPage } from '../plain-page/plain-page.ts';
import { plainHtml, plainMarkdown, plainText } from '../plain-page/render.ts';
import { quantity } from '../compare/quantities.ts';

/** In forms that are read as a whole. */
const FEW = 30;

export function renderHostOpsText(compared: HostOpsCompared, language: Language): string[] {
  return plainText(partsOf(compared, language, FEW));
}

export function renderHostOpsMarkdown(compared: HostOpsCompared, language: Language): string {
  return plainMarkdown(partsOf(compared, language, FEW));
}

export function renderHostOpsHtml(compared: HostOpsCompared, language: Language): string {
  return plainHtml(
    partsOf(compared, language, Number.POSITIVE_INFINITY),
    language,
    HOST_OPS_TEXTS[language].compare.contents,
  );
}

export function renderHostOpsJson(compared: HostOpsCompared): string {
  return `${JSON.stringify(compared, undefined, 2)}\n`;
}

function partsOf({ base, head, per, counts, ops }: HostOpsCompared, language: Language, most: number): PlainPage {
  const texts = HOST_OPS_TEXTS[language];
  const { columns, compare } = texts;
  const count = (value: number): string => quantity(value, 'count');
  const rows = ops.slice(0, most).map(({ name, change, base: was, head: is }) => {
    const differenceNs = is.totalNs - was.totalNs;
    const difference = `${differenceNs > 0 ? '+' : ''}${quantity(differenceNs, 'ns')}`;
    return [
      ...[name, texts.changes[change], count(was.count), count(is.count)],
      ...[quantity(was.totalNs, 'ns'), quantity(is.totalNs, 'ns'), difference],
    ];
  });
  const left = ops.length - rows.length;
  const perSide = (title: string): string[] => [compare.base, compare.head].map((side) => compare.titled(side, title));
  const changes = HOST_OP_CHANGES.map((change) => compare.titled(texts.changes[change], `${counts[change]}`));
  const titles = [columns.op, columns.change, ...perSide(columns.count), ...perSide(columns.time), columns.difference];
  return {
    title: texts.title,
    sentences: [
      compare.titled(compare.base, base.runs.join(compare.comma)),
      compare.titled(compare.head, head.runs.join(compare.comma)),
      ...(ops.length === 0 ? [texts.none] : [changes.join(compare.comma), texts.per(per)]),
      ...(left > 0 ? [texts.more(`${left}`)] : []),
    ],
    tables: rows.length === 0 ? [] : [{ id: 'ops', title: texts.table, titles, firstNumber: 2, rows }],
  };
}
