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
  #isAsking = false;
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
    return this.#isAsking;
  }

  want(ask: Ask): void {
    this.#next = ask;
    if (!this.#isAsking) void this.#run();
  }

  stop(): void {
    this.#isStopped = true;
    this.#next = undefined;
  }

  async #run(): Promise<void> {
    this.#isAsking = true;
    for (let ask = this.#take(); ask !== undefined; ask = this.#take()) {
      try {
        const answer = await this.#request(ask);
        if (this.#isStopped) break;
        this.#answered(answer, ask);
      } catch (why) {
        if (!this.#isStopped) this.#failed(why);
      }
      if (this.#next !== undefined) await this.#rest();
    }
    this.#isAsking = false;
  }

  #take(): Ask | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }
}
