import type { Mouse, Page } from 'playwright-core';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Gesture {
  readonly name: string;
  run(page: Page, box: Box): Promise<void>;
}

const STEPS = 40;

/** What hands do, with the events of real ones: each is answered before the next is sent, about one in a frame. */
export const GESTURES: readonly Gesture[] = [
  {
    name: 'wheel, in and out',
    async run({ mouse, keyboard }, box) {
      await mouse.move(...at(box, 0.4, 0.5));
      await keyboard.down('Control');
      for (const deltaY of [-100, 100]) await times(STEPS, () => mouse.wheel(0, deltaY));
      await keyboard.up('Control');
    },
  },
  {
    name: 'drag, there and back',
    async run({ mouse }, box) {
      await mouse.move(...at(box, 0.8, 0.5));
      await mouse.down();
      await dragTo(mouse, box, 0.8, 0.2);
      await dragTo(mouse, box, 0.2, 0.7);
      await mouse.up();
    },
  },
  ...['dd', 'aa', 'ws'].map(([first, second]): Gesture => ({
    name: first === second ? `key ${first} held` : `keys ${first} and ${second} held`,
    async run(page, box) {
      await page.mouse.move(...at(box, 0.4, 0.5));
      await hold(page, first);
      await hold(page, second);
    },
  })),
  {
    name: 'scroll through tracks',
    async run({ mouse }, box) {
      await mouse.move(...at(box, 0.4, 0.5));
      for (const deltaY of [60, -60]) await times(STEPS, () => mouse.wheel(0, deltaY));
    },
  },
];

async function dragTo(mouse: Mouse, box: Box, from: number, to: number): Promise<void> {
  let step = 0;
  await times(STEPS, () => mouse.move(...at(box, from + ((to - from) * ++step) / STEPS, 0.5)));
}

/** A key that is held repeats about 30 times a second. */
async function hold(page: Page, key: string): Promise<void> {
  await times(STEPS / 2, async () => {
    await page.keyboard.down(key);
    await page.waitForTimeout(33);
  });
  await page.keyboard.up(key);
}

async function times(count: number, act: () => Promise<void>): Promise<void> {
  for (let i = 0; i < count; i++) await act();
}

const at = ({ x, y, width, height }: Box, acrossShare: number, downShare: number): [number, number] => [
  x + width * acrossShare,
  y + height * downShare,
];
