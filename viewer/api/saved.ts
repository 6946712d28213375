import type { SavedRun } from '../../src/session/requests/saved-run.ts';
import type { BrowserFile } from '../../src/platform/browser/index.ts';
import { FILE_CLASS, SAVED_ELEMENT } from './embedded.ts';
import type { Opening } from './worker-messages.ts';

/** A multiple of four letters. */
const LETTERS_AT_ONCE = 1 << 20;

export interface Saved {
  readonly opening: Opening;
  readonly range: string | null;
}

/** The run that was saved in this page, if one was. The elements are emptied: their text is large. */
export async function savedRun(): Promise<Saved | undefined> {
  const element = document.getElementById(SAVED_ELEMENT);
  if (element === null) return undefined;
  // Written by the same program as this script, into the same file.
  const { name, inputs, options, files, folders, range } = JSON.parse(element.textContent) as SavedRun;
  const contents = [...document.getElementsByClassName(FILE_CLASS)];
  const decoded: BrowserFile[] = [];
  for (const [number, path] of files.entries()) {
    const content = contents[number];
    decoded.push({ path, blob: await decodeBase64(content.textContent) });
    content.remove();
  }
  return { opening: { name, inputs, options, folders, files: decoded }, range };
}

async function decodeBase64(text: string): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < text.length; at += LETTERS_AT_ONCE) {
    const bytes = atob(text.slice(at, at + LETTERS_AT_ONCE));
    parts.push(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
    // The page is drawn meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return new Blob(parts);
}
