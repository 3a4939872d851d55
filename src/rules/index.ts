import assetsAfterRelease from './assets-after-release.ts'
import assetsMissing from './assets-missing.ts'
import compileTimeEnv from './compile-time-env.ts'
import hostPlaceholder from './host-placeholder.ts'
import logLevelDebug from './log-level-debug.ts'
import logLevelUnset from './log-level-unset.ts'
import migrateAtBuild from './migrate-at-build.ts'
import mixImage from './mix-image.ts'
import mixInRelease from './mix-in-release.ts'
import migrationsNeverRun from './migrations-never-run.ts'
import noReleaseMigrator from './no-release-migrator.ts'
import noSuchFunction from './no-such-function.ts'
import noSuchReleaseCommand from './no-such-release-command.ts'
import type { Rule } from './rule.ts'
import runtimeConfigNotShipped from './runtime-config-not-shipped.ts'
import serverOff from './server-off.ts'

/** Every rule, in the order of the gotchas and of the chain. */
export const rules: readonly Rule[] = [
  compileTimeEnv,
  runtimeConfigNotShipped,
  noSuchFunction,
  mixInRelease,
  mixImage,
  migrateAtBuild,
  noSuchReleaseCommand,
  noReleaseMigrator,
  migrationsNeverRun,
  serverOff,
  hostPlaceholder,
  assetsAfterRelease,
  assetsMissing,
  logLevelDebug,
  logLevelUnset,
]
