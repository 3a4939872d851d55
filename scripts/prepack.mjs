// Makes what is packed and installed, so that no package holds what is not of these sources; refuses where it cannot. `npm pack`
// makes it anew, with the types; who installs from git, as pre-commit does, gets what `npm ci` makes (--if-stale).
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const ifStale = process.argv.includes('--if-stale')
const canBuild = () => existsSync('node_modules/esbuild')

// `npm install -g git+…` fetches what builds a package, and leaves it out of the clone that it builds in (npm 11).
if (ifStale && !canBuild() && process.env.npm_config_global === 'true')
  execFileSync('npm', ['ci', '--no-global', '--ignore-scripts'], { stdio: ['ignore', 'ignore', 'inherit'] })
if (!canBuild()) {
  console.error('docker-gotchas: there is no program to pack, and nothing to build it with: run `npm ci` first')
  process.exit(1)
}
if (!ifStale) process.argv.push('--types')
await import('./build.mjs')
