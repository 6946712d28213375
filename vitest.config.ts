import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Some tests start trace_processor or the built command as a process of its own.
    testTimeout: 120_000,
    // What was built runs as it is.
    server: { deps: { external: [/[\\/]dist[\\/]/] } },
    hookTimeout: 120_000,
    // One core less is the default, which is half of a machine of two.
    maxWorkers: '100%',
  },
});
