/** Takes runs of events or rows of the usual shape ahead of the general path. */
export interface FastLane {
  /** How many of them the last scan took. */
  readonly takenCount: number;
  /** The buffer has changed. */
  forget(): void;
  /** From b[p], where one begins, to behind the last one taken, or p. b[0] stands at `bufferOffset` of the file. */
  scan(b: Uint8Array, p: number, limit: number, bufferOffset: number): number;
}
