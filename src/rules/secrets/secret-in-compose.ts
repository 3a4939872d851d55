import { looksReal } from '../../model/facts/shipped-secrets.ts'
import type { Arg } from '../../model/follow/frame.ts'
import { secretIn } from '../../model/secrets/secrets.ts'
import type { DeclaredVariable, Service } from '../../model/services/service.ts'
import type { Finding, Fix, Label } from '../../text/diagnostic.ts'
import { span, textOf } from '../../text/source.ts'
import { demanded, withValue } from '../edits/compose.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-in-compose',
  gotcha: 'secrets',
  severity: 'error',
  fix: 'unsafe',
  summary: 'a secret is written out in the compose file',
  incident: 'Whoever can read the repository can sign sessions, read the database, or use the account behind the key.',
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
  *check({ deployments, services }) {
    const own = deployments.flatMap(({ service }) => service ?? [])
    const known = new Set<string>()
    for (const service of own) {
      const local = onOneMachine(service)
      for (const finding of inService(service)) {
        known.add(textOf(finding.span))
        yield local ? { ...finding, severity: 'warning', certainty: 'likely', related: [local] } : finding
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

function* inService(service: Service): Iterable<Finding> {
  for (const variable of service.declared) {
    if (/\.ya?ml$/.test(variable.span.source.path)) yield* written(variable, service, 'environment')
  }
  for (const variable of service.build?.declaredArgs ?? []) yield* written(variable, service, 'build.args')
  for (const arg of [...(service.command ?? []), ...(service.entrypoint ?? [])]) yield* inCommand(arg, service)
}

/** What says that people reach the service on their own machine alone, so that its secrets may be nobody's. */
function onOneMachine({ declared }: Service): Label | undefined {
  const found = declared.find(
    ({ name, written }) =>
      /^["']?https?:\/\/(localhost|127\.0\.0\.1)\b/.test(written) ||
      (/(^|_)(PHX|URL|WEB|APP|PUBLIC|VIRTUAL|CANONICAL)_?HOST$/.test(name) && /^["']?localhost["']?$/.test(written)),
  )
  return found && { span: found.span, text: `the stack may be for one machine alone: it calls itself \`localhost\`` }
}

/** `NAME=value`, `--name=value` and URLs with a password among the words of a command. */
function* inCommand({ span: at }: Arg, service: Service): Iterable<Finding> {
  if (!/\.ya?ml$/.test(at.source.path)) return
  for (const found of textOf(at).matchAll(
    /(?<![\w-])[\d_-]*([A-Za-z][\w-]*)=([^\s'"]+)|(?<![a-z])[a-z]+:\/\/[^\s'"]+/g,
  )) {
    const name = (found[1] ?? 'URL').replace(/-/g, '_')
    const value = found[2] ?? found[0]
    const part = secretIn(name, value)
    if (part === undefined) continue
    const start = at.start + found.index + found[0].length - value.length
    yield {
      message: `the command of the service \`${service.name}\` holds \`${name}\` in plain text`,
      span: span(at.source, start + part.start, start + part.end),
    }
  }
}

function* written(variable: DeclaredVariable, service: Service, key: string): Iterable<Finding> {
  const { name, written, valueSpan } = variable
  if (valueSpan === undefined) return
  const fallback = /\$\{\w+:?-([^}]*)\}/.exec(written)
  const text = fallback?.[1] ?? written
  const part = secretIn(name, text.replace(/^(['"])(.*)\1$/, '$2'))
  if (part === undefined) return
  const start = valueSpan.start + written.indexOf(text) + (/^['"]/.test(text) ? 1 : 0)
  yield {
    message: fallback
      ? `\`${name}\` of the service \`${service.name}\` has a default that everybody knows`
      : `\`${key}\` of the service \`${service.name}\` holds \`${name}\` in plain text`,
    span: span(valueSpan.source, start + part.start, start + part.end),
    fixes: fixesOf(variable),
  }
}

function fixesOf(variable: DeclaredVariable): readonly Fix[] {
  const edit = withValue(variable, demanded(variable.name))
  const title = `Take \`${variable.name}\` from \`.env\` or the shell that calls Compose`
  return edit ? [{ title, safety: 'unsafe', edits: [edit] }] : []
}
