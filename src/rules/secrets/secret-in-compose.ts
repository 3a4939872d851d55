import type { PlatformName } from '../../languages/platforms/types.ts'
import { onOneMachine } from '../../model/facts/secrets/one-machine.ts'
import { looksReal } from '../../model/facts/secrets/shipped-secrets.ts'
import { isRealSecret } from '../../model/secrets/secret-look.ts'
import type { DeclaredVariable, Service } from '../../model/services/service.ts'
import {
  overriddenSecretsOf,
  type ServiceSecret,
  secretsOfBuild,
  secretsOfService,
} from '../../model/services/service-secrets.ts'
import type { Finding, Fix } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { demandedInstead } from '../edits/compose.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-in-compose',
  gotcha: 'secrets',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'it has to be kept somewhere else before it can go from here',
  summary: 'a secret is written out in the compose file',
  incident: 'Whoever can read the repository can sign sessions, read the database, or use the account behind the key.',
  remedy: 'Take the value from `.env` or `secrets:`, and rotate it: git keeps the old one',
  why: `A compose file is in git, and so is what stands in it, for good. What starts the stack can give the value: write
\`\${NAME:?}\`, keep the value in an \`.env\` that git ignores, or use \`secrets:\`. A default, as in \`\${NAME:-value}\`, is
as public as a literal. Build arguments also stay in the history of the image.`,
  links: [
    'https://docs.docker.com/compose/how-tos/use-secrets/',
    'https://docs.docker.com/reference/compose-file/interpolation/',
  ],
  examples: [
    {
      title: 'the key of the sessions',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              SECRET_KEY_BASE: \${SECRET_KEY_BASE:?set it in .env}`,
      bad: `
        -- compose.yaml: SECRET_KEY_BASE: \${SECRET_KEY_BASE:?set it in .env} --
        SECRET_KEY_BASE: Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'a default that everybody can read',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              SECRET_KEY_BASE: \${SECRET_KEY_BASE:?set it in .env}`,
      bad: `
        -- compose.yaml: SECRET_KEY_BASE: \${SECRET_KEY_BASE:?set it in .env} --
        SECRET_KEY_BASE: \${SECRET_KEY_BASE:-Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz}
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check({ deployments, services, imageBuilds }) {
    const own = deployments.flatMap(({ service }) => service ?? [])
    const known = new Set<string>()
    for (const service of own) {
      const local = onOneMachine(service)
      for (const finding of inService(service)) {
        known.add(textOf(finding.span))
        yield local
          ? {
              ...finding,
              severity: isBesideTools(service, services) ? 'info' : 'warning',
              certainty: 'likely',
              related: [local],
            }
          : finding
      }
    }
    for (const { subject, platform, build } of imageBuilds) yield* written(secretsOfBuild(build), subject, platform)
    for (const service of own) {
      for (const { what, value } of overriddenSecretsOf(service)) {
        if (!isRealSecret(textOf(value)) || known.has(textOf(value))) continue
        known.add(textOf(value))
        yield {
          message: `\`environment\` of ${service.subject} holds ${what} in plain text, although another file overrides it`,
          why: 'It is in git for ever: whoever can read the repository can use it.',
          remedy: 'Take it out of the file and rotate it',
          span: value,
          severity: 'warning',
          certainty: 'likely',
        }
      }
    }
    // The password of a database beside the app, where it was made to be hard to guess.
    const files = new Set(own.filter((service) => !onOneMachine(service)).map(({ span: { source } }) => source))
    for (const service of services) {
      if (own.includes(service) || service.development !== undefined || !files.has(service.span.source)) continue
      for (const finding of inService(service)) {
        const value = textOf(finding.span)
        if (!looksReal(value) || known.has(value)) continue
        known.add(value)
        yield { ...finding, severity: 'warning', certainty: 'likely' }
      }
    }
  },
})

/** Whether other services of the stack are there for development alone. */
const isBesideTools = ({ stack }: Service, services: readonly Service[]): boolean =>
  services.some((other) => other.stack === stack && other.development !== undefined)

/** What keeps a secret instead. */
const secretsOf: Readonly<Record<PlatformName, string>> = {
  fly: 'Give the value by `fly secrets set`, and rotate it: git keeps the old one',
  kamal: 'Name the variable under `secret`, and rotate the value: git keeps the old one',
  render: 'Write `sync: false`, give the value in the dashboard, and rotate it: git keeps the old one',
  heroku: 'Give the value by the config vars, and rotate it: git keeps the old one',
  bake: 'Give it as a secret of the build, and rotate it: git keeps the old one',
  workflow: 'Take the value from the secrets of the repository, and rotate it: git keeps the old one',
  kubernetes: 'Take the value from a Secret that is not in git, and rotate it: git keeps the old one',
}

const inService = (service: Service): readonly Finding[] =>
  written(secretsOfService(service), service.subject, service.platform)

const written = (
  secrets: readonly ServiceSecret[],
  subject: string,
  platform: PlatformName | undefined,
): readonly Finding[] =>
  secrets.map(({ key, what, isDefault, value, variable }) => ({
    message:
      key === 'command'
        ? `the command of ${subject} holds ${what} in plain text`
        : isDefault
          ? `${what} of ${subject} has a default that everybody knows`
          : `\`${key}\` of ${subject} holds ${what} in plain text`,
    span: value,
    ...(platform ? { remedy: secretsOf[platform] } : {}),
    fixes: variable ? fixesOf(variable) : [],
  }))

function fixesOf(variable: DeclaredVariable): readonly Fix[] {
  const edit = demandedInstead(variable)
  if (edit === undefined) return []
  const title = `Take \`${edit.name}\` from \`.env\` or the shell that calls Compose, and rotate it`
  return [{ title, safety: 'unsafe', edits: [edit] }]
}
