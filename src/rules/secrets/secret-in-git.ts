import { buildSecrets, overriddenSecrets, secretsOfCommitted } from '../../model/facts/secrets/source-secrets.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-in-git',
  gotcha: 'secrets',
  severity: 'warning',
  summary: 'a secret is written out in a file that git keeps',
  incident: 'Everybody who can read the repository, now or later, has the keys of production.',
  remedy: 'Rotate it: make a new one where it is used, and keep that out of git',
  why: `What is committed once stays in the history and in every clone, also where another file overrides it, or only the
build has it. So it must be replaced by a new one where it is used. Keep the values in a file that \`.gitignore\` names, and
commit a sample with the names alone, such as \`.env.example\`. Only what looks drawn by lot, or has the form of a token,
counts; dummies do not, and keys that are published for tests (those of reCAPTCHA, Stripe's \`sk_test_…\`) are no secrets.`,
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
  *check(project) {
    for (const { what, span, others } of secretsOfCommitted(project)) {
      yield {
        message: `\`${span.source.path}\` holds ${what}, and git does not ignore the file: rotate it where it was committed`,
        span,
        related: others.map((one) => ({ span: one.span, text: `${one.what} too` })),
        certainty: 'likely',
      }
    }
    for (const { what, span, related } of [...overriddenSecrets(project), ...buildSecrets(project)]) {
      yield {
        message: `${what} is written out here, and git keeps it for ever although nothing here runs with it: rotate it`,
        span,
        related,
        certainty: 'likely',
      }
    }
  },
})
