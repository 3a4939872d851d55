import { expect, test } from 'vitest'
import { textsIn } from '../folders.ts'
import { cli, folderOf } from './cli.ts'

const phoenix = Object.entries(textsIn('samples/bases/phoenix'))
const compose = 'services:\n  web:\n    build: .\n    depends_on: [db]\n  db:\n    image: postgres:17\n'
const below = (folder: string, more: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries([...phoenix, ...Object.entries(more)].map(([path, text]) => [`${folder}/${path}`, text]))

const several = () =>
  folderOf({
    ...below('blog'),
    ...below('shop', { 'compose.yaml': compose }),
    ...below('store', { 'compose.yaml': compose }),
  })

test('`boot` shows what each of several projects starts, also an image that no service runs', async () => {
  const { stdout } = await cli(several(), ['boot'])
  expect(stdout.match(/^(web|the image) · .*/gm)).toEqual([
    'web · shop/compose.yaml:2:3',
    'web · store/compose.yaml:2:3',
    'the image · blog/Dockerfile',
  ])
})

test('`boot` fails where an image does that no service runs', async () => {
  const crashing = { 'config/runtime.exs': 'import Config\nraise "no"\n' }
  const folder = folderOf({ ...below('blog', crashing), ...below('shop', { 'compose.yaml': compose }) })
  expect((await cli(folder, ['boot'])).code).toBe(1)
})

test('`env` shows one stack, and names the others and the images beside it', async () => {
  const { stdout } = await cli(several(), ['env'])
  expect(stdout.match(/^\w+ · .*/gm)).toEqual(['web · shop/compose.yaml:2:3', 'db · shop/compose.yaml:5:3'])
  expect(stdout).toContain('this is the stack of shop/compose.yaml; `-f` names another one: store/compose.yaml')
  expect(stdout).toContain('images that no service here runs are not shown; name one to see it: blog/Dockerfile')
  expect((await cli(several(), ['env', '-f', 'shop/compose.yaml'])).stdout).not.toContain('blog')
})

test('`graph` names the file of each container, and none waits for that of another project', async () => {
  const folder = several()
  const { stdout } = await cli(folder, ['graph'])
  expect(stdout.match(/^.* runs .*/gm)).toEqual([
    expect.stringMatching(/^the container \(blog\/Dockerfile\) runs/),
    expect.stringMatching(/^web \(shop\/compose.yaml\) runs/),
    'db (shop/compose.yaml) runs postgres:17',
    expect.stringMatching(/^web \(store\/compose.yaml\) runs/),
    'db (store/compose.yaml) runs postgres:17',
  ])
  const dot = (await cli(folder, ['graph', '--format', 'dot'])).stdout
  expect(dot.match(/c\d:h:e -> c\d/g)).toEqual(['c1:h:e -> c2', 'c3:h:e -> c4'])
  expect(dot).toContain('build (store/Dockerfile)')
})
