import { defineConfig } from 'vitest/config'
import { bundledSources } from './test/bundled-sources.ts'

/** These put modules of src/ out of the way, which a bundle does not let them. */
const mocking = ['test/cli/lint.test.ts', 'test/settings/policy.test.ts']

const shared = {
  // The machine may be slow and busy.
  testTimeout: 120_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    hideSkippedTests: true,
    projects: [
      {
        plugins: [bundledSources()],
        test: { ...shared, name: 'bundled', include: ['test/**/*.test.ts'], exclude: ['test/docker/**', ...mocking] },
      },
      { test: { ...shared, name: 'sources', include: mocking } },
    ],
  },
})
