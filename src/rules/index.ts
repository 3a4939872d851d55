import assetsAfterRelease from './assets-after-release.ts'
import assetsBeforeSources from './assets-before-sources.ts'
import assetsLeftBehind from './assets-left-behind.ts'
import assetsMissing from './assets-missing.ts'
import assetsNotDigested from './assets-not-digested.ts'
import assetsOverwritten from './assets-overwritten.ts'
import assetsToolMissing from './assets-tool-missing.ts'
import boundToLoopback from './bound-to-loopback.ts'
import compileTimeEnv from './compile-time-env.ts'
import compileTimeKeyAtRuntime from './compile-time-key-at-runtime.ts'
import configRefused from './config-refused.ts'
import cookieBaked from './cookie-baked.ts'
import dependsOnUnhealthy from './depends-on-unhealthy.ts'
import devDeps from './dev-deps.ts'
import emptyIsSet from './empty-is-set.ts'
import envFileQuoted from './env-file-quoted.ts'
import healthAlways200 from './health-always-200.ts'
import healthCheckCannotFail from './health-check-cannot-fail.ts'
import healthDisabled from './health-disabled.ts'
import healthMissing from './health-missing.ts'
import healthOnlyPid from './health-only-pid.ts'
import healthRedirected from './health-redirected.ts'
import healthShallow from './health-shallow.ts'
import healthToolMissing from './health-tool-missing.ts'
import healthUnreachable from './health-unreachable.ts'
import hostArtifactsCopied from './host-artifacts-copied.ts'
import hostBaked from './host-baked.ts'
import hostMalformed from './host-malformed.ts'
import hostPlaceholder from './host-placeholder.ts'
import hostUnset from './host-unset.ts'
import httpMissing from './http-missing.ts'
import localeUnset from './locale-unset.ts'
import logLevelBaked from './log-level-baked.ts'
import logLevelDebug from './log-level-debug.ts'
import logLevelDefaultDebug from './log-level-default-debug.ts'
import logLevelInvalid from './log-level-invalid.ts'
import logLevelUnset from './log-level-unset.ts'
import migrateAtBuild from './migrate-at-build.ts'
import migrationsNeverRun from './migrations-never-run.ts'
import mixImage from './mix-image.ts'
import mixInRelease from './mix-in-release.ts'
import noReleaseMigrator from './no-release-migrator.ts'
import noSuchFunction from './no-such-function.ts'
import noSuchReleaseCommand from './no-such-release-command.ts'
import nofileUnlimited from './nofile-unlimited.ts'
import notPid1 from './not-pid-1.ts'
import originMismatch from './origin-mismatch.ts'
import overlayNotRunnable from './overlay-not-runnable.ts'
import portMismatch from './port-mismatch.ts'
import qemuJit from './qemu-jit.ts'
import queriesLogged from './queries-logged.ts'
import releaseNotShipped from './release-not-shipped.ts'
import requiredEnvMissing from './required-env-missing.ts'
import type { Rule } from './rule.ts'
import runnerLibs from './runner-libs.ts'
import runnerMismatch from './runner-mismatch.ts'
import runsAsRoot from './runs-as-root.ts'
import runtimeConfigBroken from './runtime-config-broken.ts'
import runtimeConfigNotShipped from './runtime-config-not-shipped.ts'
import runtimeConfigUnguarded from './runtime-config-unguarded.ts'
import secretDummyShips from './secret-dummy-ships.ts'
import secretFallback from './secret-fallback.ts'
import secretInCompose from './secret-in-compose.ts'
import secretInConfig from './secret-in-config.ts'
import secretInGit from './secret-in-git.ts'
import secretInHistory from './secret-in-history.ts'
import secretInLayer from './secret-in-layer.ts'
import secretNotRequired from './secret-not-required.ts'
import secretTooShort from './secret-too-short.ts'
import serverFlagIgnored from './server-flag-ignored.ts'
import serverFlagMisread from './server-flag-misread.ts'
import serverOff from './server-off.ts'
import urlIncomplete from './url-incomplete.ts'

/** Every rule, in the order of the gotchas and of the chain. */
export const rules: readonly Rule[] = [
  compileTimeEnv,
  runtimeConfigNotShipped,
  runtimeConfigBroken,
  noSuchFunction,
  runtimeConfigUnguarded,
  compileTimeKeyAtRuntime,
  requiredEnvMissing,
  emptyIsSet,
  configRefused,
  envFileQuoted,
  mixInRelease,
  mixImage,
  migrateAtBuild,
  noSuchReleaseCommand,
  noReleaseMigrator,
  migrationsNeverRun,
  serverOff,
  serverFlagIgnored,
  serverFlagMisread,
  httpMissing,
  hostPlaceholder,
  hostMalformed,
  hostUnset,
  hostBaked,
  urlIncomplete,
  originMismatch,
  boundToLoopback,
  portMismatch,
  assetsAfterRelease,
  assetsMissing,
  assetsOverwritten,
  assetsLeftBehind,
  assetsNotDigested,
  assetsBeforeSources,
  assetsToolMissing,
  releaseNotShipped,
  secretInLayer,
  secretInHistory,
  secretInCompose,
  secretInConfig,
  secretFallback,
  secretNotRequired,
  secretTooShort,
  secretInGit,
  secretDummyShips,
  cookieBaked,
  healthMissing,
  healthDisabled,
  healthShallow,
  healthCheckCannotFail,
  healthToolMissing,
  healthUnreachable,
  healthRedirected,
  healthOnlyPid,
  healthAlways200,
  logLevelDebug,
  logLevelUnset,
  logLevelDefaultDebug,
  logLevelInvalid,
  logLevelBaked,
  queriesLogged,
  dependsOnUnhealthy,
  runnerMismatch,
  runnerLibs,
  qemuJit,
  overlayNotRunnable,
  notPid1,
  hostArtifactsCopied,
  devDeps,
  runsAsRoot,
  localeUnset,
  nofileUnlimited,
]
