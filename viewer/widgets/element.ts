/** Elements with text in them, which is never markup. */
export type Child = Node | string;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children.map(readableChild));
  return made;
}

const UNSEEN = /(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/** As in reports, what nobody sees, what turns the writing direction and what no XML may hold is shown by its number. */
export function readable(text: string): string {
  return text.replace(UNSEEN, (each) => `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`);
}

const readableChild = (child: Child): Child => (typeof child === 'string' ? readable(child) : child);

export function button(text: Child, onPress: () => void, className = ''): HTMLButtonElement {
  const made = element('button', className, text);
  made.type = 'button';
  made.addEventListener('click', onPress);
  return made;
}

/** Parts that stand beside one another where there is room. */
export function sideBySide(...parts: readonly (readonly Child[])[]): HTMLElement {
  const filled = parts.filter(({ length }) => length > 0);
  return element('div', 'side-by-side', ...filled.map((part) => element('section', '', ...part)));
}

/** A control with its name in front of it. */
export function labelled(text: string, control: HTMLElement): HTMLLabelElement {
  return element('label', 'control', element('span', '', text), control);
}

export interface Choice<Id extends string> {
  readonly id: Id;
  readonly text: string;
}

export function select<Id extends string>(
  choices: readonly Choice<Id>[],
  chosen: string,
  onChoose: (id: Id) => void,
): HTMLSelectElement {
  const made = element('select');
  for (const { id, text } of choices) {
    const option = element('option', '', text);
    option.value = id;
    option.selected = id === chosen;
    made.append(option);
  }
  made.addEventListener('change', () => onChoose(choices[made.selectedIndex].id));
  return made;
}

/** Tells what is written once nobody has typed for a moment. */
export function searchField(text: string, label: string, onChange: (text: string) => void): HTMLInputElement {
  const made = element('input', 'filter');
  made.type = 'search';
  made.value = text;
  made.placeholder = label;
  made.setAttribute('aria-label', label);
  made.spellcheck = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  made.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => onChange(made.value), 150);
  });
  return made;
}

type SvgAttributes = Readonly<Record<string, string | number>>;

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: SvgAttributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children.map(readableChild));
  return made;
}

/** Draws anew whenever there is more or less room. */
export function drawnToWidth(root: HTMLElement, draw: (width: number) => Child): HTMLElement {
  let drawnAt = 0;
  new ResizeObserver(() => {
    const width = Math.floor(root.clientWidth);
    if (width === drawnAt || width === 0) return;
    drawnAt = width;
    root.replaceChildren(draw(width));
  }).observe(root);
  return root;
}
