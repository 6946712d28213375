// A page that shows a run, and what a test wants to know of it: where a slice is drawn, what the address says, what the run
// itself answers.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeAnswer } from '../../src/session/requests/codec.ts';
import type { AnswerTo, Ask, RequestName, RunInfo } from '../../src/session/requests/protocol.ts';
import { stateAt } from '../../viewer/address.ts';
import { initialState } from '../../viewer/run-state.ts';
import type { ViewState } from '../../viewer/state.ts';
import { freshFolder } from '../golden/command.ts';
import type { OpenedPage } from './browser.ts';
import { serve } from './served.ts';

/** A file of its own folder, for the reader that its name stands for. */
export function savedTrace(name: string, content: string | Uint8Array): string {
  const path = join(freshFolder(), name);
  writeFileSync(path, content);
  return path;
}

export interface At {
  readonly x: number;
  readonly y: number;
}

export class Viewed {
  readonly opened: OpenedPage;
  readonly origin: string;
  readonly info: RunInfo;

  constructor(opened: OpenedPage, origin: string, info: RunInfo) {
    this.opened = opened;
    this.origin = origin;
    this.info = info;
  }

  get page() {
    return this.opened.page;
  }

  ask<Name extends RequestName>(name: Name, ask: Ask<Name>): Promise<AnswerTo<Name>> {
    return asked(this.opened, this.origin, name, ask);
  }

  /** What the address says; it follows a gesture by some tenths of a second, so tests poll it. */
  state(): ViewState {
    return stateAt(new URL(this.page.url()).hash, initialState(this.info, 0));
  }

  get window(): readonly [startNs: number, endNs: number] {
    const { startNs, endNs } = this.state();
    return [startNs, endNs];
  }

  track(name: string): number {
    const track = this.info.tracks.findIndex((each) => each.name === name);
    if (track < 0) throw new Error(`no track ${name} among ${this.info.tracks.map((each) => each.name).join(', ')}`);
    return track;
  }

  /** The pixel of a time on the first row of a track, as who looks at the names on the left would point at it. */
  async at(track: number, timeNs: number): Promise<At> {
    const { group, process, name: own } = this.info.tracks[track];
    const title = this.page.getByTitle(`${this.info.groups[group].label} · ${process} · ${own}`, { exact: true });
    const row = this.page.locator('.gutter-track').filter({ has: title }).first();
    const [canvas, name] = [await this.page.locator('.tracks-canvas').boundingBox(), await row.boundingBox()];
    if (canvas === null || name === null) throw new Error('the track is not drawn');
    const [startNs, endNs] = this.window;
    return { x: canvas.x + ((timeNs - startNs) / (endNs - startNs)) * canvas.width, y: name.y + 9 };
  }

  /** Once everything that was asked for is drawn. */
  async settle(): Promise<void> {
    for (let times = 0; times < 2; times++) {
      await this.page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      while (this.opened.pending() > 0) await this.page.waitForTimeout(20);
    }
  }

  /** The view of a fragment of an address; '' is the first one. */
  async show(fragment = ''): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = `#v=1&${hash}`;
    }, fragment);
    await this.settle();
    await this.page.locator('.tracks-canvas').focus();
  }

  async drag(from: At, to: At, key?: string): Promise<void> {
    const { mouse, keyboard } = this.page;
    await mouse.move(from.x, from.y);
    if (key !== undefined) await keyboard.down(key);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
    await mouse.move(to.x, to.y);
    await mouse.up();
    if (key !== undefined) await keyboard.up(key);
  }
}

export async function view(opened: OpenedPage, ...inputs: string[]): Promise<Viewed> {
  const { url } = await serve(...inputs);
  await opened.page.goto(url);
  await opened.page.locator('.tracks-canvas').waitFor();
  const { origin } = new URL(url);
  const { json } = await asked(opened, origin, 'run', {});
  const viewed = new Viewed(opened, origin, json);
  await viewed.settle();
  return viewed;
}

async function asked<Name extends RequestName>(
  { page }: OpenedPage,
  origin: string,
  name: Name,
  ask: Ask<Name>,
): Promise<AnswerTo<Name>> {
  const response = await page.request.post(`${origin}/api/0/${name}`, { data: ask, headers: { origin } });
  if (!response.ok()) throw new Error(`${name}: ${await response.text()}`);
  const bytes = Uint8Array.from(await response.body());
  // From the project's own server.
  return decodeAnswer(bytes.buffer) as AnswerTo<Name>;
}
