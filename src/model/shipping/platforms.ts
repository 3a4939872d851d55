import type { Tree } from '../../files/tree.ts'

/** A platform by the variables that it sets itself, and the files by which a project shows that it is deployed there. */
const platforms: readonly { readonly variable: RegExp; readonly file: RegExp | undefined }[] = [
  { variable: /^(DYNO|HEROKU(_.*)?)$/, file: /(^|\/)heroku\.ya?ml$/ },
  { variable: /^GIGALIXIR(_.*)?$/, file: undefined },
  {
    variable:
      /^(FLY_(APP_NAME|REGION|ALLOC_ID|MACHINE_ID|PRIVATE_IP|PUBLIC_IP|IMAGE_REF|PROCESS_GROUP|.*_ID)|ON_FLY|FLY)$/,
    file: /(^|\/)fly(\.[\w.-]+)?\.toml$/,
  },
  { variable: /^RENDER(_.*)?$/, file: /(^|\/)render\.ya?ml$/ },
  { variable: /^RAILWAY(_.*)?$/, file: /(^|\/)railway\.(json|toml)$/ },
  { variable: /^(K_SERVICE|K_REVISION|K_CONFIGURATION|GAE_.*)$/, file: /(^|\/)(app|service|cloudbuild)\.ya?ml$/ },
  { variable: /^(AWS_LAMBDA_.*|AWS_EXECUTION_ENV|ECS_CONTAINER_METADATA_URI(_V4)?)$/, file: undefined },
  { variable: /^(KUBERNETES_(SERVICE|PORT).*)$/, file: undefined },
  // Flags by which people tell containers, which set none of them, from other places.
  { variable: /^(NO|NOT|WITHOUT|OUTSIDE|NON)_?(IN_)?DOCKER$/, file: undefined },
  { variable: /^(SCALINGO|DOKKU|CLEVER_CLOUD|COOLIFY)(_.*)?$/, file: undefined },
  {
    variable:
      /^(CODESPACES|GITPOD_.*|VERCEL(_.*)?|NETLIFY|REPL_.*|CI|GITLAB_CI|TRAVIS|CIRCLECI|BUILDKITE(_.*)?|JENKINS_.*)$/,
    file: undefined,
  },
  // GitHub Actions, "Default environment variables".
  {
    variable:
      /^GITHUB_(ACTIONS?|ACTION_.*|ACTOR(_ID)?|API_URL|(BASE|HEAD)_REF|ENV|EVENT_.*|GRAPHQL_URL|JOB|OUTPUT|PATH|REF(_.*)?|REPOSITORY(_.*)?|RETENTION_DAYS|RUN_.*|SERVER_URL|SHA|STEP_SUMMARY|TRIGGERING_ACTOR|WORKFLOW(_.*)?|WORKSPACE)$/,
    file: undefined,
  },
]

/** What an app has to do with a platform as its customer, whatever the name begins with: `RENDER_API_KEY`. */
const credential =
  /(^|_)(TOKEN|SECRET|(API|SECRET|PRIVATE|PUBLIC|ACCESS|SIGNING)_KEY|PASSWORD|CLIENT_ID|APP_ID|WEBHOOK\w*)$/

/** Whether a variable is the flag of a platform, set by it and by nobody else, that nothing in view is deployed to. */
export function isFlagOfOtherPlatform(variable: string, { sources }: Tree): boolean {
  const platform = credential.test(variable) ? undefined : platforms.find((one) => one.variable.test(variable))
  const { file } = platform ?? {}
  return platform !== undefined && !(file && sources.some(({ path }) => file.test(path)))
}
