import { describe, expect, it } from 'vitest';
import { RunTexts } from '../../../src/analysis/run-texts.ts';
import { type Shard, StringTable } from '../../../src/timeline/index.ts';

function shardOf(...texts: string[]): Shard {
  const strings = new StringTable();
  for (const text of texts) strings.add(text);
  return { timeline: { strings } } as Shard;
}

describe('texts of a run', () => {
  it('have one number each, whatever shard or caller they come from', () => {
    const [first, second] = [shardOf('Add', 'Mul'), shardOf('Cast', 'Mul', 'Füße')];
    const texts = new RunTexts();
    const [ofFirst, ofSecond] = [texts.of(first), texts.of(second)];
    expect(ofSecond(1)).toBe(ofFirst(1));
    const ids = [ofFirst(0), ofFirst(1), ofSecond(0), ofSecond(2), texts.add('new')];
    expect(new Set(ids).size).toBe(5);
    expect(ids.map((id) => texts.get(id))).toEqual(['Add', 'Mul', 'Cast', 'Füße', 'new']);
    expect([texts.add('Mul'), texts.add('new'), texts.add('Cast')]).toEqual([ids[1], ids[4], ids[2]]);
    expect(texts.length).toBe(5);
  });

  it('leave the strings of shards as they are', () => {
    const shard = shardOf('Add');
    const texts = new RunTexts();
    texts.of(shard);
    texts.add('new');
    expect(shard.timeline.strings.size).toBe(1);
  });

  it('may be known before the first shard is', () => {
    const texts = new RunTexts();
    const add = texts.add('Add');
    expect(texts.of(shardOf('Mul', 'Add'))(1)).toBe(add);
  });
});
