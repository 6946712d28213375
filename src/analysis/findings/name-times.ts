import type { RunTexts, TextId } from '../run-texts.ts';

/** More names than this say no more. */
const NAMES_TOLD = 3;

/** Time by name: which ops or calls it is about. */
export class NameTimes {
  /** By the id of the name. */
  #ns = new Float64Array(64);

  add(name: TextId, ns: number): void {
    if (name >= this.#ns.length) {
      const wider = new Float64Array(2 * name);
      wider.set(this.#ns);
      this.#ns = wider;
    }
    this.#ns[name] += ns;
  }

  /** The names with the most time in several of these, the first first. */
  static top(all: readonly NameTimes[], texts: RunTexts): string[] {
    const sum = new NameTimes();
    for (const each of all) each.#ns.forEach((ns, name) => ns > 0 && sum.add(name, ns));
    return [...sum.#ns.keys()]
      .filter((name) => sum.#ns[name] > 0)
      .map((name) => ({ name: texts.get(name), ns: sum.#ns[name] }))
      .sort((a, b) => b.ns - a.ns || (a.name < b.name ? -1 : 1))
      .slice(0, NAMES_TOLD)
      .map(({ name }) => name);
  }
}
