/**
 * Asks one question at a time. What is wanted meanwhile waits, and only the newest of it is asked then: who pans fast is not
 * behind by all the windows that went by. What waits is asked after a rest, in which the answer is drawn. A failed question is
 * told and does not stop the next.
 */
export class Latest<Ask, Answer> {
  readonly #request: (ask: Ask) => Promise<Answer>;
  readonly #answered: (answer: Answer, ask: Ask) => void;
  readonly #failed: (why: unknown) => void;
  readonly #rest: () => Promise<unknown>;
  /** What is under way, as text; undefined where nothing is. */
  #asked: string | undefined;
  #next: Ask | undefined;
  #isStopped = false;

  constructor(
    request: (ask: Ask) => Promise<Answer>,
    answered: (answer: Answer, ask: Ask) => void,
    failed: (why: unknown) => void,
    rest: () => Promise<unknown> = () => Promise.resolve(),
  ) {
    this.#request = request;
    this.#answered = answered;
    this.#failed = failed;
    this.#rest = rest;
  }

  get isBusy(): boolean {
    return this.#asked !== undefined;
  }

  want(ask: Ask): void {
    // Pictures go on being drawn meanwhile, and each wants the same once more.
    this.#next = JSON.stringify(ask) === this.#asked ? undefined : ask;
    if (this.#asked === undefined) void this.#run();
  }

  stop(): void {
    this.#isStopped = true;
    this.#next = undefined;
  }

  async #run(): Promise<void> {
    for (let ask = this.#take(); ask !== undefined; ask = this.#take()) {
      this.#asked = JSON.stringify(ask);
      try {
        const answer = await this.#request(ask);
        if (this.#isStopped) break;
        this.#answered(answer, ask);
      } catch (why) {
        if (!this.#isStopped) this.#failed(why);
      }
      if (this.#next !== undefined) await this.#rest();
    }
    this.#asked = undefined;
  }

  #take(): Ask | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }
}
