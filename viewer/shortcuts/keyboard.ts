import type { Command } from './commands.ts';

/** What a key would be typed into, or what uses the key itself. */
const TYPED_INTO = 'input, select, textarea, [contenteditable], dialog';
const PRESSED_BY_KEYS = 'button, a, [role="tab"], [role="separator"], summary, th, td, tr';

export function listenToKeys(commands: readonly Command[]): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const command = commandFor(event, commands);
    if (command === undefined || isMeantFor(event, event.target)) return;
    event.preventDefault();
    command.run();
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>;

export function commandFor({ key, ctrlKey, metaKey }: Key, commands: readonly Command[]): Command | undefined {
  const pressed = `${ctrlKey || metaKey ? 'Ctrl+' : ''}${key.length === 1 ? key.toLowerCase() : key}`;
  return commands.find(({ keys }) => keys.includes(pressed));
}

/** Keys with Ctrl are nobody's else; arrows move through tabs and tables first. */
function isMeantFor({ key, ctrlKey, metaKey }: Key, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPED_INTO) !== null) return !(ctrlKey || metaKey);
  return key.startsWith('Arrow') && target.closest(PRESSED_BY_KEYS) !== null;
}
