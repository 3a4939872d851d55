import { defineConfig, type Plugin } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { bundledSources } from './test/bundled-sources.ts'

/** What `-t` says, for tests that would be made in vain. */
const filter: Plugin = {
  name: 'filter',
  configureVitest: ({ vitest, project }) => project.provide('filter', vitest.config.testNamePattern?.source),
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly filter: string | undefined
  }
}

/** These put modules of src/ out of the way, which a bundle does not let them. */
const mocking = ['test/cli/lint.test.ts', 'test/settings/policy.test.ts']

/** These ask how much work of ours something makes. */
const counting = ['test/hostile/doubling.test.ts', 'test/hostile/growth.test.ts']

/** What takes longest begins first, so that no processor waits for it in the end. */
const longest = [
  'hostile/growth',
  'fix-all',
  'rules',
  'patterns',
  'one-way',
  'hostile/disk-outside',
  'hostile/secrets',
  'clean-checkout',
  'bombs/bombs',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const turnOf = ({ moduleId }: TestSpecification) => {
      const turn = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
      return turn === -1 ? longest.length : turn
    }
    return (await super.sort(files)).sort((one, other) => turnOf(one) - turnOf(other))
  }
}

/** The machine may be slow and busy. */
const patience = { testTimeout: 120_000, hookTimeout: 120_000 }

/** They need a daemon, which scripts/test-docker.mjs starts before it asks for them. */
const docker = {
  plugins: [bundledSources()],
  test: { name: 'docker', include: ['test/docker/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
}

const plain = [
  {
    plugins: [bundledSources(), filter],
    test: {
      name: 'bundled',
      ...patience,
      isolate: false,
      include: ['test/**/*.test.ts'],
      exclude: ['test/docker/**', ...mocking, ...counting],
    },
  },
  {
    plugins: [bundledSources(true), filter],
    test: { name: 'counted', ...patience, isolate: false, include: counting },
  },
  { test: { name: 'sources', ...patience, include: mocking } },
]

export default defineConfig({
  test: {
    hideSkippedTests: true,
    // Vitest would leave one of two processors idle.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: process.env.DOCKER_GOTCHAS_TESTS ? [docker] : plain,
  },
})
