import assetsAfterRelease from './assets/assets-after-release.ts'
import assetsBeforeSources from './assets/assets-before-sources.ts'
import assetsLeftBehind from './assets/assets-left-behind.ts'
import assetsMissing from './assets/assets-missing.ts'
import assetsNotDigested from './assets/assets-not-digested.ts'
import assetsOverwritten from './assets/assets-overwritten.ts'
import assetsToolMissing from './assets/assets-tool-missing.ts'
import privNotShipped from './assets/priv-not-shipped.ts'
import staticNotServed from './assets/static-not-served.ts'
import dependsOnUnhealthy from './health/depends-on-unhealthy.ts'
import healthAlways200 from './health/health-always-200.ts'
import healthCheckCannotFail from './health/health-check-cannot-fail.ts'
import healthDisabled from './health/health-disabled.ts'
import healthMissing from './health/health-missing.ts'
import healthOnlyPid from './health/health-only-pid.ts'
import healthRedirected from './health/health-redirected.ts'
import healthShallow from './health/health-shallow.ts'
import healthToolMissing from './health/health-tool-missing.ts'
import healthUnreachable from './health/health-unreachable.ts'
import boundToLoopback from './host-and-server/bound-to-loopback.ts'
import developmentSettings from './host-and-server/development-settings.ts'
import epmdPublished from './host-and-server/epmd-published.ts'
import hostBaked from './host-and-server/host-baked.ts'
import hostMalformed from './host-and-server/host-malformed.ts'
import hostPlaceholder from './host-and-server/host-placeholder.ts'
import hostUnset from './host-and-server/host-unset.ts'
import httpMissing from './host-and-server/http-missing.ts'
import noSuchReleaseCommand from './host-and-server/no-such-release-command.ts'
import nothingStarted from './host-and-server/nothing-started.ts'
import nothingSupervised from './host-and-server/nothing-supervised.ts'
import originMismatch from './host-and-server/origin-mismatch.ts'
import portMismatch from './host-and-server/port-mismatch.ts'
import portTaken from './host-and-server/port-taken.ts'
import serverFlagIgnored from './host-and-server/server-flag-ignored.ts'
import serverFlagMisread from './host-and-server/server-flag-misread.ts'
import serverOff from './host-and-server/server-off.ts'
import urlIncomplete from './host-and-server/url-incomplete.ts'
import builderToolMissing from './image/builder-tool-missing.ts'
import databaseVolumeMisplaced from './image/database-volume-misplaced.ts'
import depsNotFetched from './image/deps-not-fetched.ts'
import hostArtifactsCopied from './image/host-artifacts-copied.ts'
import localeUnset from './image/locale-unset.ts'
import mixImage from './image/mix-image.ts'
import mountHidesRelease from './image/mount-hides-release.ts'
import noSuchCommand from './image/no-such-command.ts'
import noSuchFile from './image/no-such-file.ts'
import noSuchSource from './image/no-such-source.ts'
import noSuchStage from './image/no-such-stage.ts'
import noSuchUser from './image/no-such-user.ts'
import nofileUnlimited from './image/nofile-unlimited.ts'
import notPid1 from './image/not-pid-1.ts'
import overlayNotRunnable from './image/overlay-not-runnable.ts'
import qemuJit from './image/qemu-jit.ts'
import releaseNotBuilt from './image/release-not-built.ts'
import releaseNotShipped from './image/release-not-shipped.ts'
import releaseNotWritable from './image/release-not-writable.ts'
import runnerLibs from './image/runner-libs.ts'
import runnerMismatch from './image/runner-mismatch.ts'
import runnerToolMissing from './image/runner-tool-missing.ts'
import runsAsRoot from './image/runs-as-root.ts'
import uploadsLost from './image/uploads-lost.ts'
import logLevelBaked from './log-level/log-level-baked.ts'
import logLevelDebug from './log-level/log-level-debug.ts'
import logLevelDefaultDebug from './log-level/log-level-default-debug.ts'
import logLevelInvalid from './log-level/log-level-invalid.ts'
import logLevelUnset from './log-level/log-level-unset.ts'
import queriesLogged from './log-level/queries-logged.ts'
import migrateAtBuild from './migrations/migrate-at-build.ts'
import migrationFailureIgnored from './migrations/migration-failure-ignored.ts'
import migrationsNeverRun from './migrations/migrations-never-run.ts'
import migrationsRefused from './migrations/migrations-refused.ts'
import mixInRelease from './migrations/mix-in-release.ts'
import noReleaseMigrator from './migrations/no-release-migrator.ts'
import repoNotStarted from './migrations/repo-not-started.ts'
import type { Rule } from './rule.ts'
import buildConfigBroken from './runtime-config/build-config-broken.ts'
import buildPath from './runtime-config/build-path.ts'
import compileTimeEnv from './runtime-config/compile-time-env.ts'
import compileTimeKeyAtRuntime from './runtime-config/compile-time-key-at-runtime.ts'
import configRefused from './runtime-config/config-refused.ts'
import databaseIpv6Only from './runtime-config/database-ipv6-only.ts'
import databaseLoginRefused from './runtime-config/database-login-refused.ts'
import databaseWithoutTls from './runtime-config/database-without-tls.ts'
import devDeps from './runtime-config/dev-deps.ts'
import emptyIsSet from './runtime-config/empty-is-set.ts'
import envFileQuoted from './runtime-config/env-file-quoted.ts'
import mixAtRunTime from './runtime-config/mix-at-run-time.ts'
import mixEnvUnset from './runtime-config/mix-env-unset.ts'
import noSuchApp from './runtime-config/no-such-app.ts'
import noSuchFunction from './runtime-config/no-such-function.ts'
import noSuchModule from './runtime-config/no-such-module.ts'
import nodeNameRefused from './runtime-config/node-name-refused.ts'
import poolerLosesStatements from './runtime-config/pooler-loses-statements.ts'
import requiredEnvMissing from './runtime-config/required-env-missing.ts'
import runtimeConfigBroken from './runtime-config/runtime-config-broken.ts'
import runtimeConfigNotShipped from './runtime-config/runtime-config-not-shipped.ts'
import runtimeConfigUnguarded from './runtime-config/runtime-config-unguarded.ts'
import serviceUnreachable from './runtime-config/service-unreachable.ts'
import volumeNotWritable from './runtime-config/volume-not-writable.ts'
import cookieBaked from './secrets/cookie-baked.ts'
import dollarUnescaped from './secrets/dollar-unescaped.ts'
import publishedTestKey from './secrets/published-test-key.ts'
import secretDummyShips from './secrets/secret-dummy-ships.ts'
import secretFallback from './secrets/secret-fallback.ts'
import secretInCompose from './secrets/secret-in-compose.ts'
import secretInConfig from './secrets/secret-in-config.ts'
import secretInGit from './secrets/secret-in-git.ts'
import secretInHistory from './secrets/secret-in-history.ts'
import secretInLayer from './secrets/secret-in-layer.ts'
import secretMadeAtStart from './secrets/secret-made-at-start.ts'
import secretNotRequired from './secrets/secret-not-required.ts'
import secretTooShort from './secrets/secret-too-short.ts'

/** Every rule, in the order of the gotchas and of the chain. */
export const rules: readonly Rule[] = [
  compileTimeEnv,
  runtimeConfigNotShipped,
  runtimeConfigBroken,
  buildConfigBroken,
  noSuchApp,
  noSuchFunction,
  noSuchModule,
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
  migrationFailureIgnored,
  migrationsNeverRun,
  serverOff,
  nothingSupervised,
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
  dollarUnescaped,
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
  noSuchStage,
  noSuchSource,
  noSuchFile,
  noSuchCommand,
  noSuchUser,

  mixEnvUnset,
  nothingStarted,
  serviceUnreachable,
  databaseLoginRefused,
  databaseWithoutTls,
  databaseIpv6Only,
  poolerLosesStatements,
  databaseVolumeMisplaced,
  mountHidesRelease,
  releaseNotWritable,
  builderToolMissing,
  runnerToolMissing,
  mixAtRunTime,
  buildPath,
  depsNotFetched,
  secretMadeAtStart,
  releaseNotBuilt,
  uploadsLost,
  nodeNameRefused,
  repoNotStarted,
  portTaken,
  staticNotServed,
  privNotShipped,
  volumeNotWritable,
  publishedTestKey,
  epmdPublished,
  developmentSettings,
  migrationsRefused,
]
