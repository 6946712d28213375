/** Work that another thread can do: started once with settings, then asked again and again. A thread finds it by name. */
export interface Task<Settings, Request, Answer> {
  readonly name: string;
  load(): Promise<StartTask<Settings, Request, Answer>>;
}

export type StartTask<Settings, Request, Answer> = (settings: Settings) => (request: Request) => TaskAnswer<Answer>;

export interface TaskAnswer<Answer> {
  readonly result: Answer;
  /** What the result hands over for good instead of being copied. */
  readonly transfer: readonly ArrayBuffer[];
}

/** A thread at one task. Requests are answered in order. */
export interface TaskThread<Request, Answer> {
  ask(request: Request, transfer: readonly ArrayBuffer[]): Promise<Answer>;
  close(): Promise<void>;
}

export interface ThreadPool {
  /** How many threads are worth having at once. */
  readonly threadCount: number;
  open<Settings, Request, Answer>(
    task: Task<Settings, Request, Answer>,
    settings: Settings,
  ): TaskThread<Request, Answer>;
  /** Ends those that are closed: until then they wait for the next task, because it takes long to start one. */
  endIdle(): Promise<void>;
}
