// What the last scan found.

export let takenCount: u32 = 0;
export let roundedCount: u32 = 0;
/** Where the event or row stands that was not taken, 0 when none was in the way. */
export let declinedAt: usize = 0;

@inline
export function foundNothing(): void {
  takenCount = 0;
  roundedCount = 0;
  declinedAt = 0;
}

@inline
export function foundOne(rounded: u32): void {
  takenCount++;
  roundedCount += rounded;
}

@inline
export function foundUnusual(at: usize): void {
  declinedAt = at;
}
