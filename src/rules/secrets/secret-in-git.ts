import { looksReal } from '../../model/facts/shipped-secrets.ts'
import { isForDevelopment, secretsOfEnvFile } from '../../model/secrets/env-file-secrets.ts'
import { isEnvFile, isSampleEnvFile } from '../../model/secrets/secret-files.ts'
import { isCookieName } from '../../model/secrets/secrets.ts'
import { textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-in-git',
  gotcha: 'secrets',
  severity: 'warning',
  summary: 'an env file with secrets is not ignored by git',
  incident: 'Everybody who can read the repository, now or later, has the keys of production.',
  why: `What is committed once stays in the history and in every clone. Keep the values in a file that \`.gitignore\` names,
and commit a sample with the names alone, such as \`.env.example\`.`,
  links: [
    'https://git-scm.com/docs/gitignore',
    'https://docs.docker.com/compose/how-tos/environment-variables/best-practices/',
  ],
  examples: [
    {
      title: 'real values beside the sources',
      on: 'release',
      good: `
        -- .env.example --
        PORT=4000
        SMTP_PASSWORD=`,
      bad: `
        -- .env.example --
        (removed)
        -- .env --
        PORT=4000
        SMTP_PASSWORD=tr0ub4dor-and-3-more
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'the values of production in a file of their own',
      on: 'release',
      good: `
        -- deploy/prod.env --
        PHX_HOST=shop.acme-tools.org`,
      bad: `
        -- deploy/prod.env: + --
        DATABASE_URL=ecto://shop:tr0ub4dor-and-3-more@db.acme-tools.org/shop
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check({ tree, deployments }) {
    if (deployments.length === 0) return
    const committed = new Set(tree.entries.filter((entry) => !entry.gitIgnored).map((entry) => entry.path))
    for (const source of tree.sources) {
      const { path } = source
      if (!committed.has(path) || !isEnvFile(path) || isSampleEnvFile(path) || isForDevelopment(source)) continue
      const [first, ...others] = secretsOfEnvFile(source).filter(
        ({ name, value }) => !isCookieName(name) && looksReal(textOf(value)),
      )
      if (first === undefined) continue
      yield {
        message: `\`${path}\` holds \`${first.name}\`, and git does not ignore the file`,
        span: first.span,
        related: others.map(({ name, span }) => ({ span, text: `\`${name}\` too` })),
        certainty: 'likely',
      }
    }
  },
})
