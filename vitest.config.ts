import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/seed.ts'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Native modules (the database driver, the picture renderer) want a process of their own.
    pool: 'forks',
    // Much of the time is spent waiting for other processes; on one processor more would only be in each other's way.
    maxWorkers: 2,
    // Files of a worker share what they have imported; none of them leaves anything behind that another could see.
    isolate: false,
  },
});
