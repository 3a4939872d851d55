import fc from 'fast-check'
import { calls, ranIn } from './commands.ts'
import { checkMasked } from './laws/masked.ts'
import { changedProjects } from './projects.ts'
import type { Input, Target } from './target.ts'

/** A line that holds a secret under a name that says so. */
type Plant = readonly [path: string, line: (secret: string, name: string) => string]

const names = [
  'API_TOKEN',
  'SECRET_KEY_BASE',
  'DB_PASSWORD',
  'STRIPE_SECRET_KEY',
  'RELEASE_COOKIE',
  'AWS_SECRET_ACCESS_KEY',
]

const plants: readonly Plant[] = [
  ['Dockerfile', (secret, name) => `ENV ${name}=${secret}`],
  ['Dockerfile', (secret, name) => `ENV ${name} ${secret}`],
  ['Dockerfile', (secret, name) => `ENV A=b ${name}="${secret}"`],
  ['Dockerfile', (secret, name) => `ARG ${name}=${secret}`],
  ['Dockerfile', (secret, name) => `ARG ${name}=\${X:-${secret}}`],
  ['Dockerfile', (secret, name) => `RUN ${name}=${secret} mix release`],
  ['Dockerfile', (secret, name) => `RUN export ${name}='${secret}' && mix release`],
  ['Dockerfile', (secret, name) => `CMD ["env", "${name}=${secret}", "/app/bin/shop", "start"]`],
  ['Dockerfile', (secret) => `RUN curl -u user:${secret} https://files.example/x`],
  ['Dockerfile', (secret) => `RUN curl -H "Authorization: Bearer ${secret}" https://files.example/x`],
  ['Dockerfile', (secret) => `ADD https://user:${secret}@files.example/x /x`],
  ['Dockerfile', (secret, name) => `RUN <<E\nexport ${name}=${secret}\nE`],
  ['Dockerfile', (secret) => `LABEL org.example.fetch="https://bot:${secret}@files.example/x"`],
  ['Dockerfile', (secret, name) => `COPY <<E /etc/app.conf\n${name} = "${secret}"\nE`],
  ['compose.yaml', (secret, name) => `      ${name}: ${secret}`],
  ['compose.yaml', (secret, name) => `      - ${name}=${secret}`],
  ['compose.yaml', (secret, name) => `      ${name}: \${${name}:-${secret}}`],
  ['compose.yaml', (secret) => `      DATABASE_URL: ecto://shop:${secret}@db/shop`],
  ['compose.yaml', (secret, name) => `    command: sh -c "${name}=${secret} bin/server"`],
  ['.env', (secret, name) => `${name}=${secret}`],
  ['.env', (secret, name) => `export ${name}="${secret}"`],
  ['.env', (secret, name) => `${name} = '${secret}`],
  ['.env', (secret) => `DATABASE_URL=postgres://shop:${secret}@db/shop`],
  ['config/runtime.exs', (secret) => `config :shop, ShopWeb.Endpoint, secret_key_base: "${secret}"`],
  ['config/runtime.exs', (secret) => `config :shop, Shop.Repo, password: ~s(${secret})`],
  ['config/prod.exs', (secret, name) => `config :shop, :x, api_token: System.get_env("${name}", "${secret}")`],
  ['config/config.exs', (secret) => `config :shop, Shop.Repo, url: "ecto://shop:${secret}@db/shop"`],
  ['docker/entrypoint.sh', (secret, name) => `export ${name}=${secret}`],
  ['docker/entrypoint.sh', (secret, name) => `${name}="${secret}" exec bin/server`],
  ['docker/netrc', (secret) => `machine files.example login bot password ${secret}`],
  ['docker/app.json', (secret, name) => `{"${name}": "${secret}"}`],
  ['docker/app.toml', (secret) => `password = "${secret}"`],
  ['docker/app.yml', (secret) => `api_key: ${secret}`],
  ['compose.override.yaml', (secret, name) => `services:\n  web:\n    environment:\n      ${name}: ${secret}`],
  ['Makefile', (secret, name) => `${name} := ${secret}`],
  ['fly.toml', (secret, name) => `  ${name} = "${secret}"`],
]

/** Long enough, of no word and no number that stands anywhere else. */
const secrets = fc
  .array(fc.constantFrom('Qx7', 'Zk3', 'Wv9', 'Jq5', 'Xz2', 'Kw8', 'Vj4', 'Yq6'), { minLength: 9, maxLength: 21 })
  .map((parts) => parts.join(''))

const inputs: fc.Arbitrary<Input> = fc
  .tuple(
    changedProjects,
    secrets,
    fc.constantFrom(...plants),
    fc.constantFrom(...names),
    fc.nat(60),
    fc.constantFrom(...calls),
  )
  .map(([files, secret, [path, line], name, number, argv]) => {
    const lines = (files[path] ?? '').split('\n')
    lines.splice(number % (lines.length + 1), 0, line(secret, name))
    return { files: { ...files, [path]: lines.join('\n') }, secret, argv }
  })

/** A secret that stands in a project is in nothing that is printed. */
export const masked: Target = {
  name: 'masked',
  inputs,
  async obey(input) {
    const { stdout, stderr } = await ranIn(input)
    checkMasked(input.secret ?? '', { stdout, stderr })
  },
}
