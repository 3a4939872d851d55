import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { docker, folderOf, gotchas, hasDocker, offline } from './docker.ts'
import { builder, runner, secret, shop } from './shop.ts'

const isThere = (image: string) => docker(['image', 'inspect', image]).code === 0
const leaking = { ...shop, Dockerfile: `${builder}${runner(`ENV SECRET_KEY_BASE=${secret}`)}` }

describe.skipIf(!hasDocker)('docker gotchas', () => {
  beforeAll(() => {
    mkdirSync(process.env.DOCKER_CONFIG ?? '', { recursive: true })
    expect(gotchas(['plugin', 'install'])).toMatchObject({ code: 0, stderr: '' })
  })

  test('is a command of docker', () => {
    expect(docker(['gotchas', '--version'])).toMatchObject({ code: 0, stderr: '' })
    expect(docker(['--help']).stdout).toMatch(/^ +gotchas\*? /m)
  })

  test('lint finds what is wrong', () => {
    const { code, stdout } = docker(['gotchas', 'lint'], { cwd: folderOf(leaking) })
    expect(code).toBe(1)
    expect(stdout).toContain('error[secret-in-layer]')
  })

  test('build builds and checks what is good, with the flags of docker build', () => {
    const folder = folderOf(shop)
    const words = ['gotchas', 'build', offline, '-t', 'plugin:good', '--iidfile', 'id', '--label', 'a=b', '.']
    const { code, stderr } = docker(words, { cwd: folder })
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error[') })
    expect(docker(['image', 'inspect', '-f', '{{.Id}} {{.Config.Labels.a}}', 'plugin:good']).stdout.trim()).toBe(
      `${readFileSync(join(folder, 'id'), 'utf8')} b`,
    )
  })

  test('build stops before docker where there is an error', () => {
    const { code, stderr } = docker(['gotchas', 'build', offline, '-t', 'plugin:bad', '.'], { cwd: folderOf(leaking) })
    expect(code).toBe(1)
    expect(stderr).toContain('error[secret-in-layer]')
    expect(stderr).toContain('the image is not built')
    expect(isThere('plugin:bad')).toBe(false)
  })

  test('build checks the target that is built', () => {
    const words = ['gotchas', 'build', offline, '--target', 'good', '-t', 'plugin:target', '.']
    const Dockerfile = `${builder}${runner().replace('FROM runner:1', 'FROM runner:1 AS good')}\nFROM good\nENV SECRET_KEY_BASE=${secret}\n`
    const { code, stderr } = docker(words, { cwd: folderOf({ ...shop, Dockerfile }) })
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('secret-in-layer') })
  })

  test('build looks into what came out, where the sources do not tell', () => {
    const base = folderOf({ ...leaking })
    expect(docker(['build', '-q', offline, '-t', 'plugin:base', base]).code).toBe(0)
    const folder = folderOf({ Dockerfile: 'FROM plugin:base\nLABEL a=b\n' })
    const { code, stderr } = docker(['gotchas', 'build', offline, '-t', 'plugin:late', '.'], { cwd: folder })
    expect(stderr).toContain('secret-in-layer')
    expect(code).toBe(1)
  })

  test('build passes on how docker ended', () => {
    const Dockerfile = `${builder}RUN exit 7\n${runner()}`
    const folder = folderOf({ ...shop, Dockerfile })
    const direct = docker(['build', '-q', offline, '.'], { cwd: folder })
    const { code } = docker(['gotchas', 'build', '-q', offline, '.'], { cwd: folder })
    expect(direct.code).not.toBe(0)
    expect(code).toBe(direct.code)
  })
})
