import fc from 'fast-check'
import { readBake } from '../../../src/languages/platforms/bake.ts'
import { readDokku, readHeroku } from '../../../src/languages/platforms/heroku.ts'
import { readKamal } from '../../../src/languages/platforms/kamal/read.ts'
import { readKubernetes } from '../../../src/languages/platforms/kubernetes/read.ts'
import { readRender } from '../../../src/languages/platforms/render.ts'
import { readWorkflows } from '../../../src/languages/platforms/workflow/read.ts'
import type { Language } from '../language.ts'
import { lines, odd, one, quoted, text, value, variable } from '../words.ts'

const block = fc.oneof(
  text`${one('target', 'group', 'variable')} "${one('default', 'shop', '')}" {`,
  text`  ${one('context', 'dockerfile', 'target', 'args', 'inherits', 'targets', 'tags')} = ${one('"."', '["a"]', '{', '[', 'f(1)', '"${A}"', 'null')}`,
  text`    ${variable} = ${quoted}`,
  one('}', ']', '# x', '/* x', '*/', '<<EOF'),
  value,
  odd,
)

/** docker-bake.hcl. */
export const bake: Language = {
  name: 'bake',
  paths: ['docker-bake.hcl'],
  texts: lines(block),
  words: ['target ', '"', '{', '}', '[', ']', ' = ', '${', '//', '/*'],
  read: (source) => [readBake([source])],
}

const key = one(
  ...['apiVersion: apps/v1', 'kind: Deployment', 'kind: CronJob', 'kind: Secret', 'metadata:', '  name: shop', 'spec:'],
  ...['  template:', '    spec:', '      containers:', '        - name: web', '          image: shop', 'data:'],
  ...['          command: [mix, ecto.migrate]', '          env:', '            - name: A', '              value: $(A)'],
  ...[
    'service: shop',
    'servers:',
    '  web: [a]',
    'proxy:',
    '  app_port: 4000',
    'env:',
    '  secret: [A, "B:C"]',
    'builder:',
  ],
  ...[
    'services:',
    '  - type: web',
    '    runtime: docker',
    '    envVars:',
    '      - key: A',
    '    dockerCommand: a && b',
  ],
  ...['build:', '  docker:', '    web: Dockerfile', 'release:', '  command: [a]', 'run:', '  web: { command: [a b] }'],
  ...['jobs:', '  a:', '    steps:', '      - run: docker build -f $A --build-arg B=${{ c }} . && docker push x'],
  ...[
    '      - uses: docker/build-push-action@v6',
    '        with:',
    '          build-args: |',
    '            A=b',
    '---',
  ],
)

/** Manifests, `config/deploy.yml`, `render.yaml`, `heroku.yml`, `app.json` and workflows: what is written in YAML. */
export const platforms: Language = {
  name: 'platforms',
  paths: ['k8s/shop.yaml', 'config/deploy.yml', 'render.yaml', 'heroku.yml', '.github/workflows/deploy.yml'],
  texts: lines(fc.oneof(key, text`${key} ${value}`, odd)),
  words: ['- ', ': ', '${{ ', ' }}', '$(', '<%= ', '&a ', '*a', '|\n', '[', '{', '---\n'],
  read: (source) => [
    readKubernetes([source], new Set(['k8s/kustomization.yaml'])),
    readKamal(
      [source],
      () => true,
      (path) => ({ path, text: source.text }),
    ),
    readRender([source]),
    readHeroku([source]),
    readDokku([source], (path) => ({ path, text: source.text })),
    readWorkflows([source]),
  ],
}
