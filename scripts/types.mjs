// The types of the package as one file, without those of inner rooms that nobody outside can name.
import { rm } from 'node:fs/promises'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import { $ } from 'zx'

// Not below node_modules: what lies there is taken for a package of somebody else.
const made = 'dist/types'

await $`npx tsc --noEmit false --incremental false --emitDeclarationOnly --declaration --noCheck --rootDir . --outDir ${made} -p scripts/types.json`
const types = await rollup({
  input: `${made}/src/index.d.ts`,
  plugins: [dts()],
  external: /^node:/,
  onwarn(warning) {
    throw new Error(warning.message)
  },
})
await types.write({ file: 'dist/index.d.ts', format: 'es' })
await rm(made, { recursive: true })
