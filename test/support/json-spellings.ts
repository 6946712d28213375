/** Arbitrary spellings of one and the same JSON value, for property tests. */
import fc from 'fast-check';

/** A stream of small random numbers, from which spellings draw: shrinking it makes them plainer. */
export const dice = fc.array(fc.nat(255), { minLength: 1, maxLength: 64 });

export class Speller {
  readonly #dice: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#dice = numbers;
  }

  /** 0 to sides - 1. */
  roll(sides: number): number {
    return this.#dice[this.#next++ % this.#dice.length] % sides;
  }

  space(): string {
    return ['', '', '', ' ', '\n', '\t \r\n'][this.roll(6)];
  }

  string(text: string): string {
    const spelled = [
      ...JSON.stringify(text)
        .slice(1, -1)
        .matchAll(/\\u[0-9a-f]{4}|\\.|[^\\]/gsu),
    ].map(([piece]) => {
      if (piece === '/' && this.roll(2) === 0) return '\\/';
      const isPlain = piece.length === 1 && piece.charCodeAt(0) < 0xd800;
      if (!isPlain || this.roll(8) > 0) return piece;
      const hex = piece.charCodeAt(0).toString(16).padStart(4, '0');
      return `\\u${this.roll(2) === 0 ? hex : hex.toUpperCase()}`;
    });
    return `"${spelled.join('')}"`;
  }

  /** digits * 10^-scale as JSON would allow it, in quotes or not. */
  decimal(digits: bigint, scale: number): string {
    const text = this.#decimalText(digits, scale);
    return this.roll(2) === 0 ? text : `"${text}"`;
  }

  #decimalText(digits: bigint, scale: number): string {
    const sign = digits < 0n ? '-' : '';
    const magnitude = (digits < 0n ? -digits : digits).toString();
    if (this.roll(6) === 0) return `${sign}${magnitude}${['e', 'E'][this.roll(2)]}-${scale}`;
    const padded = magnitude.padStart(scale + 1, '0');
    const whole = padded.slice(0, padded.length - scale);
    const decimals = padded.slice(padded.length - scale);
    const shortest = decimals.replace(/0+$/, '');
    const written = [decimals, shortest, `${shortest}00`][this.roll(3)];
    return `${sign}${whole}${written === '' ? '' : `.${written}`}`;
  }

  /** Members in any order, with white space wherever it may stand. */
  object(members: readonly (readonly [key: string, json: string])[]): string {
    const rest = [...members];
    const shuffled: string[] = [];
    while (rest.length > 0) {
      const [[key, json]] = rest.splice(this.roll(rest.length), 1);
      shuffled.push(`${this.space()}${this.string(key)}${this.space()}:${this.space()}${json}${this.space()}`);
    }
    return `{${shuffled.join(',')}${shuffled.length === 0 ? this.space() : ''}}`;
  }

  array(elements: readonly string[]): string {
    return `[${elements.map((json) => `${this.space()}${json}${this.space()}`).join(',')}${this.space()}]`;
  }
}
