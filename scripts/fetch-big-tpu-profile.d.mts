export const VERSION: string;
/** The program, where it has been installed. */
export function bigTpuProfile(): string | undefined;
export function fetchBigTpuProfile(): { available: true; fetched: boolean } | { available: false; reason: string };
