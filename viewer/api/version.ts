/** Put in by the build. */
declare const TRACECONV_VERSION: string;
export const VERSION = TRACECONV_VERSION;
