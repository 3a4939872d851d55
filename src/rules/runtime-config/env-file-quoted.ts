import { parseRawEnvFile } from '../../languages/dotenv/raw.ts'
import { envFilesOfRuns } from '../../model/env/docker-run.ts'
import { unset } from '../../text/known.ts'
import { span, textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'env-file-quoted',
  gotcha: 'runtime-config',
  severity: 'warning',
  summary: 'an env file for `docker run` has quotes or comments that become a part of its values',
  incident: 'The app stops at a URL that begins with a quote, or puts the quotes into every link.',
  remedy: 'Take the quotes and the comment out of the env file',
  why: `\`docker run --env-file\` takes all that stands behind \`=\` for the value. Compose reads the same file as a shell does:
it takes quotes off and drops what follows \` #\`. So a file works with the one and not with the other.`,
  links: [
    'https://docs.docker.com/reference/cli/docker/container/run/#env',
    'https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax',
  ],
  examples: [
    {
      title: 'quotes in the file',
      good: `
        -- deploy.sh --
        #!/bin/sh
        docker pull acme/shop
        docker run --detach --env-file shop.env acme/shop
        -- shop.env --
        PHX_SERVER=true
        PHX_HOST=shop.acme-tools.org`,
      bad: `
        -- shop.env: PHX_HOST=shop.acme-tools.org --
        PHX_HOST="shop.acme-tools.org"
                 ^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a comment behind the value',
      good: `
        -- deploy.sh --
        #!/bin/sh
        docker pull acme/shop
        docker run --detach --env-file shop.env acme/shop
        -- shop.env --
        PHX_SERVER=true
        PHX_HOST=shop.acme-tools.org`,
      bad: `
        -- shop.env: PHX_HOST=shop.acme-tools.org --
        PHX_HOST=shop.acme-tools.org # not www
                                    ^^^^^^^^^^`,
    },
  ],
  *check({ tree }) {
    for (const { source, call } of envFilesOfRuns(tree)) {
      const { entries, problems } = parseRawEnvFile(source, { lookup: () => unset(), readsOn: true })
      for (const { span: at, message } of problems)
        yield {
          message: `\`docker run --env-file\` refuses the file: ${/^export\s/.test(textOf(at)) ? '`export` is a word of shells' : message}`,
          why: '`docker run` stops, and no container is started.',
          remedy: 'Write each variable as `NAME=value`, from the beginning of its line',
          span: at,
          related: [{ span: call, text: 'the file is read here' }],
          severity: 'error',
        }
      for (const { name, valueSpan, inherited } of entries) {
        const value = textOf(valueSpan)
        const quoted = /^(["']).*\1\s*$/.test(value)
        const comment = quoted ? undefined : /(?<!\s)\s+#.*$/.exec(value)
        if (inherited || (!quoted && !comment)) continue
        yield {
          message: quoted
            ? `the quotes around \`${name}\` are a part of its value in \`docker run --env-file\``
            : `the comment behind \`${name}\` is a part of its value in \`docker run --env-file\``,
          ...(quoted
            ? {}
            : {
                why: 'The app gets the comment as a part of the value.',
                remedy: 'Put the comment on a line of its own',
              }),
          span: comment ? span(source, valueSpan.start + comment.index, valueSpan.end) : valueSpan,
          related: [{ span: call, text: 'the file is read here' }],
        }
      }
    }
  },
})
