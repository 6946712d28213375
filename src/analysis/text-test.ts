/** Whether texts under a number fit a pattern; each is looked at once, and NONE must not be asked for. */
export function textTest(texts: { get(id: number): string }, pattern: RegExp): (id: number) => boolean {
  // A plain array with holes would become a map of its few entries, which is many times as slow.
  let known = new Uint8Array(1024);
  return (id) => {
    if (id >= known.length) {
      const wider = new Uint8Array(2 * id);
      wider.set(known);
      known = wider;
    }
    if (known[id] === UNKNOWN) known[id] = pattern.test(texts.get(id)) ? FITS : FITS_NOT;
    return known[id] === FITS;
  };
}

const [UNKNOWN, FITS, FITS_NOT] = [0, 1, 2];
