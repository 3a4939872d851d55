import { isNamedElsewhere } from '../../model/facts/named-elsewhere.ts'
import { type TornValue, tornValues } from '../../model/services/torn-values.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { span } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'dollar-unescaped',
  gotcha: 'secrets',
  severity: 'error',
  fix: 'unsafe',
  summary: 'a secret loses what follows its `$`, which Compose takes for a variable',
  incident: 'The app runs with a part of its secret, so that sessions fail or the database refuses the password.',
  remedy: 'Write `$$` for a `$` that is meant, or single quotes around the value in an env file',
  why: `In a compose file, and in the env files that it reads, \`$name\` stands for a variable, in quotes as well. One that
nobody sets is empty, and Compose only warns. A \`$\` that is meant is written \`$$\`; in an env file, single quotes around
the value leave it as it is.`,
  links: ['https://docs.docker.com/reference/compose-file/interpolation/'],
  examples: [
    {
      title: 'a key in an env file of the service',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            env_file: shop.env
        -- .gitignore --
        shop.env
        -- shop.env --
        SMTP_PASSWORD='Zk3vQ9xT$mB7wR5yL2nC8'`,
      bad: `
        -- shop.env --
        SMTP_PASSWORD=Zk3vQ9xT$mB7wR5yL2nC8
                              ^^^^^^^^^^^^^`,
    },
    {
      title: 'a password in the address of the database',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              DATABASE_URL: \${DATABASE_URL:?}
        -- .gitignore --
        .env
        -- .env --
        DATABASE_URL=ecto://shop:tr0ub4$$dorX9@db.acme-tools.org/shop`,
      bad: `
        -- .env --
        DATABASE_URL=ecto://shop:tr0ub4$dorX9@db.acme-tools.org/shop
                                       ^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    const { deployments, services, tree } = project
    const stacks = new Set(
      deployments.flatMap(({ service }) => (service?.development === undefined ? (service?.stack ?? []) : [])),
    )
    const own = services.filter(({ stack, development }) => stacks.has(stack) && development === undefined)
    for (const torn of tornValues(own, tree.sources)) {
      if (torn.isSure || !isNamedElsewhere(torn.taken, project)) yield findingOf(torn)
    }
  },
})

const findingOf = ({ name, torn, isSure }: TornValue): Finding => ({
  message: `\`${name}\` loses a part: Compose takes what follows this \`$\` for a variable, which nobody sets`,
  span: torn,
  fixes: [
    {
      title: `Write \`$$\` for the \`$\` that is meant`,
      safety: 'unsafe',
      edits: [{ span: span(torn.source, torn.start, torn.start + 1), text: '$$' }],
    },
  ],
  ...(isSure ? {} : { severity: 'warning', certainty: 'likely' }),
})
