import { cutName, nameFully } from './cut-name.ts';
import { button, element } from './element.ts';
import './charts.css';
import './ranked-list.css';

export interface RankedEntry {
  readonly name: string;
  /** Before the name, where a colour stands for it elsewhere. */
  readonly sign?: HTMLElement;
  readonly share: number;
  /** Figures that stand below those of the others. */
  readonly told: readonly string[];
  onOpen(): void;
}

/** The first few of something, each with a bar, its figures, and a way to all that is known of it. */
export function rankedList(entries: readonly RankedEntry[]): HTMLElement {
  return element('ol', 'ranked', ...entries.map(row));
}

function row({ name, sign, share, told, onOpen }: RankedEntry): HTMLElement {
  const opener = button(cutName(name), onOpen, 'opens');
  nameFully(opener, name);
  const filled = element('span', 'bar-filled');
  filled.style.width = `${share * 100}%`;
  return element(
    'li',
    '',
    element('span', 'ranked-name', ...(sign === undefined ? [] : [sign]), opener),
    element('span', 'bar', filled),
    ...told.map((figure) => element('span', 'figure', figure)),
  );
}
