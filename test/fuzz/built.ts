import { treeOf } from '../../src/files/tree.ts'
import { readProject } from '../../src/model/project/read.ts'
import type { Source } from '../../src/text/source.ts'

const texts = {
  Dockerfile: `FROM elixir:1.18 AS b
COPY . .
RUN make && make build A=b && just && just build x && npm ci && npm run build && npx run-s build x && yarn a
RUN mix release
HEALTHCHECK CMD curl -f http://localhost:4000/health
`,
  'docker/x.sh': '#!/bin/sh\nmake deploy\n',
}

/** What the model makes of a Dockerfile that builds by `source`: the statements of a Makefile are followed only there. */
export const builtBy = (source: Source): readonly unknown[] => {
  const { project, problems } = readProject(treeOf({ ...texts, [source.path]: source.text }), [])
  return [
    project.builds.map(({ steps }) => steps),
    project.deployments.map(({ start }) => start),
    problems,
    project.secrets,
  ]
}
