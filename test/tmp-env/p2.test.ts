import { test } from 'vitest'
import { cli, folderOf } from '../cli/cli.ts'
import { shop } from '../cli/shop.ts'
test('x', async () => {
  const f = folderOf(shop)
  for (const [args, env] of [[['env']], [['env', '--format', 'json', 'web']], [['env', 'tools'], {}], [['env', '--from-environment', 'web', '--format', 'dotenv', '--show-secrets'], {SHELL_ONLY: "it's $5 \"a\"\\", PUBLIC_HOST: 'a\nb', PORT: '5'}], [['env', 'wbe']], [['env','nope/x']], [['env', 'web.conf', '--diff', '.env']], [['env', '--format', 'json', '-f', 'nope.yaml']]] as any) {
    const r = await cli(f, [...args], { env: env ?? {} })
    console.log(args, r.code, r.stderr, '\n'+r.stdout)
  }
})
