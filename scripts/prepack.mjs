// Makes what `npm pack` packs, always anew, so that no package holds what is not of these sources; refuses where it cannot.
import { existsSync } from 'node:fs'

if (!existsSync('node_modules/esbuild')) {
  console.error('docker-gotchas: there is no program to pack, and nothing to build it with: run `npm ci` first')
  process.exit(1)
}
process.argv.push('--types')
await import('./build.mjs')
