import { beforeEach, describe, expect, test } from 'vitest';
import { Labels } from '../../../viewer/timeline/draw/labels.ts';

/** Every letter is as wide as its size says, but a W twice that. */
class Paper {
  font = '10px';
  measured: string[] = [];

  measureText(text: string): { width: number } {
    this.measured.push(text);
    return { width: [...text].reduce((width, letter) => width + parseInt(this.font) * (letter === 'W' ? 2 : 1), 0) };
  }
}

describe('a label', () => {
  let paper: Paper;
  let labels: Labels;
  beforeEach(() => {
    paper = new Paper();
    labels = new Labels(paper);
  });

  test('is whole where it has room', () => {
    expect(labels.fit('MatMul', 60)).toBe('MatMul');
  });

  test.each([
    [59, 'MatM…'],
    [50, 'MatM…'],
    [49, 'Mat…'],
    [30, 'Ma…'],
  ])('is cut to %d px, the sign of it within them', (roomPx, shown) => {
    expect(labels.fit('MatMul', roomPx)).toBe(shown);
    expect(paper.measureText(shown).width).toBeLessThanOrEqual(roomPx);
  });

  test('is cut where its own letters end, not where usual ones would', () => {
    expect(labels.fit('WWiiii', 60)).toBe('WWi…');
  });

  test('is nothing where fewer than two letters have room', () => {
    expect(labels.fit('MatMul', 29)).toBe('');
    expect(labels.fit('M', 13)).toBe('');
  });

  test('is never cut within a letter', () => {
    expect(labels.fit('算子🚀🚀🚀', 40)).toBe('算子🚀…');
  });

  test('asks for the width of each letter once, until the font is another', () => {
    for (const name of ['MatMul', 'MatMulV3', 'tuMal']) labels.fit(name, 1000);
    expect(new Set(paper.measured).size).toBe(paper.measured.length);
    paper.font = '20px';
    expect(labels.fit('MatMul', 60)).toBe('Ma…');
  });
});
