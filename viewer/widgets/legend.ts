import { element } from './element.ts';
import './charts.css';

/** A part of what is drawn: its class gives it a colour and, where it is idle time, hatching. */
export interface Part {
  readonly className: string;
  readonly label: string;
  readonly value: number;
  /** Says what the colour says. */
  readonly letter?: string;
}

/** `told` stands behind the label. */
export function legend(
  parts: readonly (Pick<Part, 'className' | 'label' | 'letter'> & { readonly told?: string })[],
): HTMLElement {
  const entries = parts.map(({ className, label, letter, told }) => {
    const entry = element('li', '', swatch(className, letter), label);
    if (told !== undefined) entry.append(element('b', '', told));
    return entry;
  });
  return element('ul', 'legend', ...entries);
}

export function swatch(className: string, letter?: string): HTMLElement {
  if (letter === undefined) return element('span', `swatch ${className}`);
  const lettered = element('span', `swatch is-lettered ${className}`, letter);
  lettered.setAttribute('aria-hidden', 'true');
  return lettered;
}

/** One bar that is the whole, in parts. */
export function shareBar(parts: readonly Part[], formatValue: (value: number) => string): HTMLElement {
  const whole = parts.reduce((sum, { value }) => sum + value, 0) || 1;
  const told = parts.map(({ label, value }) => `${label} ${formatValue(value)}`);
  const bar = element('div', 'share-bar');
  parts.forEach(({ className, value }, part) => {
    const filled = element('span', className);
    filled.style.width = `${(100 * value) / whole}%`;
    filled.title = told[part];
    bar.append(filled);
  });
  bar.setAttribute('role', 'img');
  bar.setAttribute('aria-label', told.join(', '));
  return bar;
}
