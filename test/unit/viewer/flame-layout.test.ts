import { describe, expect, it } from 'vitest';
import { layOut, stepFrom } from '../../../viewer/widgets/flame-layout.ts';

/** root (10) holds a (6), which holds b (3), and c (2); another root (10). */
const FRAMES = { parent: Int32Array.of(-1, 0, 1, 0, -1), width: Float64Array.of(10, 6, 3, 2, 10) };
const [ROOT, A, B, C, OTHER] = [0, 1, 2, 3, 4];
const placesOf = (focus: number, least = 0): unknown[] =>
  layOut(FRAMES, focus, least).map(({ frame, row, from, to }) => [frame, row, from, to]);

describe('frames of stacks', () => {
  it('stand below what is around them, side by side and to scale', () => {
    expect(placesOf(-1)).toEqual([
      [ROOT, 0, 0, 0.5],
      [A, 1, 0, 0.3],
      [B, 2, 0, 0.15],
      [C, 1, 0.3, 0.4],
      [OTHER, 0, 0.5, 1],
    ]);
  });

  it('are as wide as the picture around what is looked into', () => {
    expect(placesOf(A)).toEqual([
      [ROOT, 0, 0, 1],
      [A, 1, 0, 1],
      [B, 2, 0, 0.5],
    ]);
  });

  it('are left out where nobody could see them', () => {
    expect(placesOf(-1, 0.2)).toEqual([
      [ROOT, 0, 0, 0.5],
      [A, 1, 0, 0.3],
      [OTHER, 0, 0.5, 1],
    ]);
  });

  it('are none where nothing has a width', () => {
    expect(layOut({ parent: Int32Array.of(-1), width: Float64Array.of(0) }, -1, 0)).toEqual([]);
  });

  it('are walked through by key', () => {
    const boxes = layOut(FRAMES, -1, 0);
    const from = (frame: number, key: Parameters<typeof stepFrom>[2]): number =>
      stepFrom(boxes, frame, key, FRAMES.parent);
    expect(from(-1, 'ArrowDown')).toBe(ROOT);
    expect(from(ROOT, 'ArrowDown')).toBe(A);
    expect(from(A, 'ArrowRight')).toBe(C);
    expect(from(C, 'ArrowRight')).toBe(C);
    expect(from(C, 'ArrowLeft')).toBe(A);
    expect(from(ROOT, 'ArrowRight')).toBe(OTHER);
    expect(from(B, 'ArrowUp')).toBe(A);
    expect(from(ROOT, 'ArrowUp')).toBe(ROOT);
  });
});
