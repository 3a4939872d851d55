import { expect, it } from 'vitest'
import { projectRoot } from '../../src/files/root.ts'

function rootOf(path: string, files: readonly string[], home = '/home/me') {
  const kindOf = (asked: string) => {
    if (files.includes(asked)) return 'file'
    return files.some((file) => file.startsWith(`${asked}/`)) || asked === '/' ? 'folder' : undefined
  }
  return projectRoot(path, { kindOf, home })
}

it.each<[string, string, readonly string[], string]>([
  ['the folder with .git', '/w/app/lib/a.ex', ['/w/app/.git/HEAD', '/w/app/mix.exs', '/w/app/lib/a.ex'], '/w/app'],
  ['mix.exs below .git', '/w/mono/app', ['/w/mono/.git/HEAD', '/w/mono/app/mix.exs'], '/w/mono/app'],
  [
    'a compose file above mix.exs',
    '/w/mono/app/Dockerfile',
    ['/w/mono/.git/HEAD', '/w/mono/compose.yml', '/w/mono/app/mix.exs', '/w/mono/app/Dockerfile'],
    '/w/mono',
  ],
  [
    'no compose file beyond the repository',
    '/w/mono/app',
    ['/w/compose.yml', '/w/mono/.git/HEAD', '/w/mono/app/mix.exs'],
    '/w/mono/app',
  ],
  ['.git as a file', '/w/app', ['/w/app/.git', '/w/app/mix.exs'], '/w/app'],
  [
    'a lone Dockerfile in a repository',
    '/w/app/docker/Dockerfile',
    ['/w/app/.git/HEAD', '/w/app/docker/Dockerfile'],
    '/w/app/docker',
  ],
  [
    'a compose file above a Dockerfile',
    '/w/app/docker/Dockerfile',
    ['/w/app/.git/HEAD', '/w/app/compose.yaml', '/w/app/docker/Dockerfile'],
    '/w/app',
  ],
  [
    'no .git below mix.exs',
    '/w/app/assets/vendor/x',
    ['/w/app/mix.exs', '/w/app/assets/.git/HEAD', '/w/app/assets/vendor/x'],
    '/w/app',
  ],
  ['mix.exs', '/w/app/config/prod.exs', ['/w/app/mix.exs', '/w/app/config/prod.exs'], '/w/app'],
  ['an umbrella', '/w/u/apps/web', ['/w/u/mix.exs', '/w/u/apps/web/mix.exs'], '/w/u'],
  ['not an unrelated mix.exs', '/w/u/other/web', ['/w/u/mix.exs', '/w/u/other/web/mix.exs'], '/w/u/other/web'],
  ['the folder of a file', '/w/x/Dockerfile', ['/w/x/Dockerfile'], '/w/x'],
  ['a folder itself', '/w/x', ['/w/x/Dockerfile'], '/w/x'],
  ['not the home', '/home/me/x', ['/home/me/.git/HEAD', '/home/me/x/Dockerfile'], '/home/me/x'],
  ['not mix.exs in the home', '/home/me/apps/x', ['/home/me/mix.exs', '/home/me/apps/x/mix.exs'], '/home/me/apps/x'],
  ['not above the home', '/home/me/x', ['/home/.git/HEAD', '/home/me/x/Dockerfile'], '/home/me/x'],
  ['not /', '/w/x', ['/.git/HEAD', '/w/x/Dockerfile'], '/w/x'],
  ['the home itself', '/home/me', ['/home/me/.git/HEAD'], '/home/me'],
])('%s', (_, path, files, root) => expect(rootOf(path, files)).toBe(root))
