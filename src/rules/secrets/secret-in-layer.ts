import { posix } from 'node:path'
import { gitLeavesOut } from '../../files/git-ignored.ts'
import { entryAt, sourceAt } from '../../files/tree.ts'
import { expandKnown } from '../../languages/dockerfile/expand.ts'
import { variablesAt } from '../../languages/dockerfile/scope.ts'
import type { Dockerfile, EnvInstruction } from '../../languages/dockerfile/types.ts'
import { isFileOfDevelopment } from '../../model/facts/code/of-development.ts'
import { madeSecretsIn } from '../../model/facts/secrets/made-secrets.ts'
import {
  imagesOf,
  inheritance,
  isShipped,
  type ShippedImage,
  scriptSecretsOf,
} from '../../model/facts/secrets/shipped-secrets.ts'
import type { Project } from '../../model/project/project.ts'
import { isForDevelopment } from '../../model/secrets/env-file-secrets.ts'
import { isOtherText, mayHoldSecrets, secretsOfFile } from '../../model/secrets/file-secrets.ts'
import { type ImageSecret, secretsOfDockerfile } from '../../model/secrets/image-secrets.ts'
import { isEnvFile, isKeyFile, isSecretScript } from '../../model/secrets/secret-files.ts'
import { isCookieName, secretIn } from '../../model/secrets/secrets.ts'
import { isForBuilds } from '../../model/shipping/production.ts'
import { type Landing, landingsIn } from '../../model/stage-files/landings.ts'
import type { Finding, Fix } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { withoutPair } from '../edits/dockerfile.ts'
import { dockerignoreOf, ignoring } from '../edits/dockerignore.ts'
import { demandedOf } from '../edits/to-runtime.ts'
import { secretsInLayers } from '../in-image/secrets.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-in-layer',
  gotcha: 'secrets',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'where the build or the container gets it instead is yours to choose',
  summary: 'a secret is part of the image that ships',
  incident: 'Whoever can pull the image can read the secret, sign sessions with it, and log in with it.',
  remedy: 'Give it when the container starts, or by `RUN --mount=type=secret`, and rotate it: images keep the old one',
  why: `An image is public to everybody who can pull it. What ENV sets, the defaults of ARG, the text of every RUN and each
file that COPY brings can be read with \`docker inspect\`, \`docker history\` or \`docker save\`, also where a later line
unsets or removes it. One secret in the image means one secret for all who run it, and no way to change it but a new build.
Give it to the container at run time; a build that needs one gets it with \`RUN --mount=type=secret\`.`,
  links: [
    'https://docs.docker.com/build/building/secrets/',
    'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
    'https://hexdocs.pm/phoenix/deployment.html#handling-of-your-application-secrets',
  ],
  examples: [
    {
      title: 'ENV in the stage that ships',
      on: 'assets',
      bad: `
        -- Dockerfile: COPY --from=build /app/_build/prod/rel/shop ./ --
        ENV SECRET_KEY_BASE=wLxvP0bTnTGm6Qa2h1Kc8sZr5uYd9eJf3iMoNqBgXtVkRyHjCwEaSzDlFpUxW7b4
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        COPY --from=build /app/_build/prod/rel/shop ./`,
      fixed: true,
    },
    {
      title: 'a private key that is copied along',
      on: 'assets',
      bad: `
        -- Dockerfile: USER nobody --
        COPY deploy/id_ed25519 /etc/ssh/
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        USER nobody
        -- deploy/id_ed25519 --
        (the key)`,
    },
  ],
  checkImage: secretsInLayers,
  *check(project) {
    for (const image of imagesOf(project)) {
      const { dockerfile } = image.deployment
      if (dockerfile === undefined) continue
      const written = secretsOfDockerfile(dockerfile).filter((secret) => !isCookieName(secret.name))
      for (const secret of written) {
        const found = inImage(secret, image, dockerfile, project)
        if (found) yield found
      }
      yield* expandedIn(image, dockerfile, written)
      yield* copiedInto(image, project)
      yield* madeInBuild(image)
      for (const { name, what, span, script, always } of scriptSecretsOf(image, project)) {
        if (isCookieName(name)) continue
        yield {
          message: `\`${script.path}\` is part of the image and holds ${what} in plain text`,
          span,
          ...(always ? {} : { severity: 'warning', certainty: 'likely' }),
        }
      }
    }
  },
})

/** A secret that the Dockerfile writes out, where it stays in the image. */
function inImage(
  secret: ImageSecret,
  image: ShippedImage,
  dockerfile: Dockerfile,
  project: Project,
): Finding | undefined {
  const { name, what, instruction, by } = secret
  if (instruction.stage === undefined) {
    // A global ARG counts where a stage that ships repeats its name.
    const repeated = dockerfile.instructions.find(
      (one) =>
        one.keyword === 'ARG' &&
        isShipped(image, one) &&
        one.pairs.some((pair) => pair.name === name && pair.value === undefined),
    )
    if (repeated === undefined) return undefined
    return {
      message: `the default of \`ARG ${name}\` stays readable in the history of the image`,
      span: secret.span,
      related: [{ span: repeated.span, text: 'the stage that ships takes it over here' }],
    }
  }
  if (!isShipped(image, instruction)) return undefined
  const inspected = `\`${by}\` bakes ${what} into the image, where \`docker inspect\` shows it`
  const message = {
    ENV: inspected,
    LABEL: inspected,
    CMD: inspected,
    ENTRYPOINT: inspected,
    HEALTHCHECK: inspected,
    ARG: `the default of \`ARG ${name}\` stays readable in the history of the image`,
    RUN: `\`RUN\` leaves ${what} readable in the history of the image`,
    COPY: `\`${instruction.keyword}\` writes ${what} into a file of the image`,
  }[by]
  const fixes = by === 'ENV' && instruction.keyword === 'ENV' ? removals(project, instruction, name) : []
  const found = { message, span: secret.span, related: inheritance(image, instruction), fixes }
  return by === 'RUN' ? { ...found, noFix: whyKept(secret) } : found
}

/** Why what a RUN has stays there. */
const whyKept = ({ span: { source, start } }: ImageSecret): string =>
  /\bexport[\t ]+([\w=]+[\t ]+)*$/.test(source.text.slice(0, start))
    ? 'what `export` sets ends with its RUN, and only you know whether a command in it needs it'
    : 'the command may need it, and a build gets it by `RUN --mount=type=secret` alone'

/** The fix that takes a variable out of ENV and asks for it where Compose is called. */
function removals(project: Project, instruction: EnvInstruction, name: string): readonly Fix[] {
  const pair = instruction.pairs.find((one) => one.name === name)
  const gone = pair && withoutPair(instruction, pair)
  if (!gone) return []
  const edits = [gone, ...demandedOf(project, name)]
  const title = `Take \`${name}\` out of the image and give it at run time, and rotate it`
  return [{ title, safety: 'unsafe', edits }]
}

/** `ENV SECRET=$OTHER` where what `OTHER` stands for is written out under a harmless name. */
function* expandedIn(
  image: ShippedImage,
  dockerfile: Dockerfile,
  written: readonly ImageSecret[],
): Generator<Finding, void> {
  for (const instruction of dockerfile.instructions) {
    if (instruction.keyword !== 'ENV' || !isShipped(image, instruction)) continue
    for (const pair of instruction.pairs) {
      if (!pair.value?.includes('$') || isCookieName(pair.name)) continue
      const value = expandKnown(pair.value, variablesAt(dockerfile, instruction), dockerfile.escape)
      if (value.kind !== 'known' || !secretIn(pair.name, value.value)) continue
      if (written.some((secret) => value.value.includes(textOf(secret.value)))) continue
      yield {
        message: `\`ENV\` bakes \`${pair.name}\` into the image, where \`docker inspect\` shows it`,
        span: pair.span,
        related: [...value.trail, ...inheritance(image, instruction)],
      }
    }
  }
}

/** Files with secrets that COPY brings into a layer, one finding for each instruction. */
function* copiedInto(image: ShippedImage, project: Project): Generator<Finding, void> {
  const started = new Set(scriptSecretsOf(image, project).map(({ script }) => script.path))
  const landings = landingsIn(
    image.ships.files,
    (path) => (mayHoldSecrets(path) || isOtherText(path)) && !started.has(path),
  )
  const bearing = landings.flatMap((landing) => {
    const what = secretsIn(landing, image, project)
    return what ? [{ landing, ...what }] : []
  })
  for (const one of bearing) {
    const [cause, ...before] = one.landing.causes
    if (cause === undefined || bearing.find(({ landing }) => landing.causes[0]?.span === cause.span) !== one) continue
    const certain =
      one.certain && cause.runs === 'always' && !isForBuilds(image.deployment.dockerfile?.source.path ?? '')
    yield {
      message: `this copies \`${one.landing.file}\` into the image${one.where}, ${one.says}`,
      span: cause.span,
      related: [
        ...before.map(({ span }) => ({ span, text: 'the file comes from here' })),
        ...(one.at ? [{ span: one.at, text: 'a secret in it' }] : []),
      ],
      fixes: ignored(one.landing, image, project),
      noFix: 'the line names the file, and fails where it is left out of the build context',
      ...(certain ? {} : { severity: 'warning', certainty: 'likely' }),
    }
  }
}

/** Files with secrets that a command of the build made up. */
function* madeInBuild({ ships }: ShippedImage): Generator<Finding, void> {
  for (const { path, causes, made } of madeSecretsIn(ships.files)) {
    const [cause] = causes
    const isCopied = causes.length > 1
    yield {
      message: `the build makes a secret up and leaves it in the image, at \`${path}\``,
      why: 'Everybody who can pull the image has the secret, and each build makes another one, which ends all sessions.',
      remedy: 'Make the secret once, and give it when the container starts',
      span: cause?.span ?? made,
      related: isCopied ? [{ span: made, text: 'it is made here' }] : [],
      ...(causes.every(({ runs }) => runs === 'always') ? {} : { severity: 'warning', certainty: 'likely' }),
    }
  }
}

/** The fix that leaves a file out of the build context; none where COPY names it, which would then fail. */
function ignored({ file, causes }: Landing, { deployment: { build } }: ShippedImage, project: Project): readonly Fix[] {
  const name = posix.basename(file)
  if (build === undefined || causes.some(({ span }) => textOf(span).includes(name))) return []
  const edits = [ignoring([file], build.context.root, dockerignoreOf(build, project))]
  const title = `Leave \`${file}\` out of the build context, and rotate what images already hold`
  return [{ title, safety: 'unsafe', edits }]
}

/** What is secret about a file; undefined where it holds nothing of that kind. */
function secretsIn({ file, seen }: Landing, { deployment }: ShippedImage, { tree }: Project) {
  const source = sourceAt(tree, file)
  const isIgnored = gitLeavesOut(tree, file)
  const isOnSome = isIgnored || (seen && entryAt(tree, file) === undefined)
  const aside = isIgnored ? ' (git ignores it, so not in a clean checkout)' : ''
  const where = isOnSome ? ` wherever it is there${aside}` : ''
  if (isKeyFile(file)) {
    if (isFileOfDevelopment(posix.basename(file), tree)) return undefined
    return { says: 'a private key or credentials by its name', at: undefined, certain: !isOnSome, where }
  }
  if (source === undefined) {
    if (!isEnvFile(file) || (seen && !isOnSome)) return undefined
    return { says: 'with whatever secrets it holds', at: undefined, certain: false, where }
  }
  // Config that the app reads is the matter of another rule.
  const isConfig = deployment.boot?.build?.imported.some((path) => path.endsWith(`/${file}`)) && isSecretScript(file)
  if (isConfig || (isEnvFile(file) && isForDevelopment(source))) return undefined
  const [first] = secretsOfFile(source)
  return first && { says: `with ${first.what} in it`, at: first.span, certain: true, where: '' }
}
