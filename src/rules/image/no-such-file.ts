import { missingBuilds } from '../../model/facts/references.ts'
import { isMissing, nearPath } from '../../model/stage-files/missing.ts'
import { marked, releaseImage, shopWith } from '../example-parts.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

const app = `${releaseImage}\n${shopWith('config :shop, ShopWeb.Endpoint, server: true')}`
const service = (build: string) => `
        -- compose.yaml --
        services:
          web:
            ${build}
            healthcheck:
              disable: true`

export default defineRule({
  id: 'no-such-file',
  gotcha: 'image',
  severity: 'error',
  summary: 'the compose file names a file or folder that is not there',
  incident: 'Compose stops before anything is built or started.',
  why: `The \`context\` of a build must be a folder, its Dockerfile must lie where \`dockerfile\` says, seen from the context, and an
\`env_file\` must be there unless it says \`required: false\`. What git ignores may be there on another machine and is not
reported. All other checks go on as if what is near were meant.`,
  links: [
    'https://docs.docker.com/reference/compose-file/build/#context',
    'https://docs.docker.com/reference/compose-file/services/#env_file',
  ],
  examples: [
    {
      title: 'the folder of a build',
      bad: `${app}${marked(service('build: ./app'), './app')}`,
      good: `${app}${service('build: .')}`,
    },
    {
      title: 'an env file',
      bad: `${app}${marked(service('build: .\n            env_file: shop.env'), 'shop.env')}`,
      good: `${app}${service('build: .\n            env_file: shop.env')}
        -- shop.env --
        POOL_SIZE=5`,
    },
  ],
  *check(project) {
    for (const { service, reference } of missingBuilds(project)) {
      const { kind, name, span, near } = reference
      if (kind === 'stage') continue
      const what = kind === 'context' ? 'in the folder' : 'by'
      yield { message: `the service \`${service}\` is built ${what} \`${name}\`, which is not there${meant(near)}`, span }
    }
    for (const { name, envFiles, development } of project.services) {
      for (const { path, span } of development === undefined ? envFiles : []) {
        if (!isMissing(path, project.tree)) continue
        const message = `Compose stops: \`${path}\`, the env file of \`${name}\`, is not there${meant(nearPath(path, project.tree))}`
        const isPrivate = /(^|\/)\.env[^/]*$/.test(path)
        yield isPrivate ? { message, span, severity: 'warning', certainty: 'likely' } : { message, span }
      }
    }
  },
})
