import type { Command } from './commands.ts';

/** What a key would be typed into, or what uses the key itself. */
const TYPED_INTO = 'input, select, textarea, [contenteditable], dialog';
const PRESSED_BY_KEYS = 'button, a, [role="tab"], [role="separator"], summary, th, td, tr';

export function listenToKeys(commands: readonly Command[]): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const pressed = pressedOf(event);
    const command = commandFor(pressed, commands);
    if (command === undefined || isMeantFor(pressed, event.target)) return;
    event.preventDefault();
    command.run();
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Some keyboards have brackets and braces on AltGr, which says that Ctrl and Alt are held. */
function pressedOf(event: KeyboardEvent): Key {
  const { key, ctrlKey, metaKey, altKey } = event;
  return event.getModifierState('AltGraph')
    ? { key, metaKey, ctrlKey: false, altKey: false }
    : { key, metaKey, ctrlKey, altKey };
}

function commandFor({ key, ctrlKey, metaKey, altKey }: Key, commands: readonly Command[]): Command | undefined {
  const pressed = `${ctrlKey || metaKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${key.length === 1 ? key.toLowerCase() : key}`;
  return commands.find(({ keys }) => keys.includes(pressed));
}

/** Keys with Ctrl are nobody's else; arrows move through tabs and tables first. */
function isMeantFor({ key, ctrlKey, metaKey, altKey }: Key, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPED_INTO) !== null) return !(ctrlKey || metaKey);
  return key.startsWith('Arrow') && !altKey && target.closest(PRESSED_BY_KEYS) !== null;
}
