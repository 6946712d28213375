/** The path of a Chromium or Chrome; undefined where none is installed. */
export function findChromium(): string | undefined;
