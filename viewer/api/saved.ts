import { SAVED_ELEMENT } from './embedded.ts';

/** A multiple of four letters. */
const LETTERS_AT_ONCE = 1 << 20;

/** The run that was saved in this page, gzip, if one was. Its text is large and goes. */
export async function savedRun(): Promise<Blob | undefined> {
  const element = document.getElementById(SAVED_ELEMENT);
  if (element === null) return undefined;
  const blob = await decodeBase64(element.textContent);
  element.remove();
  return blob;
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
