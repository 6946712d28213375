/** The colours of the canvas, which knows no style sheet: read from theme.css whenever the theme changes. */
import { hcl, lab, rgb } from 'd3';
import { OP_KINDS } from '../../src/analysis/op-kind.ts';
import { OTHER_COLOURS, type ColourBy } from '../../src/session/requests/protocol.ts';

export interface Fill {
  readonly css: string;
  /** A line of it that is seen on it and beside it. */
  readonly edge: string;
  /** Text on it. */
  readonly ink: string;
  /** As ImageData has it, little-endian, without alpha. */
  readonly pixel: number;
}

/** As they are called here, and in the style sheet. */
const PLAIN = {
  ...{ surface: 'surface', raised: 'surface-2', text: 'text', quiet: 'text-quiet', line: 'line', accent: 'accent' },
  ...{ compute: 'compute', exposed: 'exposed', step: 'step', stepOther: 'step-other' },
} as const;
const BUBBLES = [
  'bubble-host',
  'bubble-device',
  'bubble-launch',
  'bubble-ranks',
  'bubble-edge',
  'bubble-unknown',
] as const;
export type PlainColour = keyof typeof PLAIN;
export type BubbleColour = (typeof BUBBLES)[number];

export interface Palette {
  readonly plain: Readonly<Record<PlainColour, string>>;
  readonly fills: Readonly<Record<PlainColour | BubbleColour, Fill>>;
  /** By what `colour` of a slice says. */
  readonly slices: Readonly<Record<ColourBy, readonly Fill[]>>;
  readonly font: string;
}

const NAME_COLOURS = 32;
const GOLDEN_ANGLE = 137.5;

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const isDark = lab(colour('surface')).l < 50;
  const fillOf = (name: string): Fill => fill(colour(name), isDark);
  const plain = Object.fromEntries(Object.entries(PLAIN).map(([name, property]) => [name, colour(property)]));
  const named = [...Object.entries(PLAIN), ...BUBBLES.map((name) => [name, name])];
  const fills = Object.fromEntries(named.map(([name, property]) => [name, fillOf(property)]));
  const names = Array.from({ length: NAME_COLOURS }, (_, at) =>
    fill(hcl((at * GOLDEN_ANGLE) % 360, 42, (isDark ? 56 : 62) + (at % 3) * 6).formatHex(), isDark),
  );
  return {
    plain: plain as Palette['plain'],
    fills: fills as Palette['fills'],
    slices: { kind: [...OP_KINDS, ...OTHER_COLOURS].map((kind) => fillOf(`kind-${kind}`)), name: names },
    font: style.fontFamily,
  };
}

function fill(text: string, isDark: boolean): Fill {
  const { r, g, b } = rgb(text);
  const { l } = lab(text);
  return {
    css: text,
    edge: (isDark ? rgb(text).brighter(0.9) : rgb(text).darker(0.8)).formatHex(),
    // White and black are as legible at this lightness.
    ink: l > 52 ? '#0b0f14' : '#ffffff',
    pixel: ((Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0,
  };
}
