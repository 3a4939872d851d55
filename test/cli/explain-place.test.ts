import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exit } from '../../src/cli/io/exit.ts'
import { badOf } from '../../src/rules/example.ts'
import { rules } from '../../src/rules/index.ts'
import type { Texts } from '../../src/text/example.ts'
import { cli, folderOf } from './cli.ts'

const rule = rules.find(({ id }) => id === 'assets-after-release')
const late: Texts = rule ? badOf(rule.examples[0]).texts : {}
const dockerfile = late.Dockerfile ?? ''
const at = dockerfile.split('\n').indexOf('RUN mix release') + 1

const explain = (files: Readonly<Record<string, string>>, place: string) => cli(folderOf(files), ['explain', place])

const secret = 'wLxvP0bTnTGmQ3zJ8rYk5sDf7hWc1eNa9uVi2oBt6pKlX4gRmZqSjHyCdEwMnUb0'

describe('explain FILE:LINE', { timeout: 30_000 }, () => {
  it('prints the finding, its trail, why, and what silences it', async () => {
    const { code, stdout, stderr } = await explain(late, `Dockerfile:${at}`)
    expect(stderr).toBe('')
    expect(code).toBe(exit.clean)
    expect(stdout).toContain('error[assets-after-release]')
    expect(stdout).toContain(`${at + 1} │ RUN mix assets.deploy`)
    expect(stdout).toContain('the moment when `mix release` runs')
    expect(stdout).toContain(
      `Dockerfile, above line ${at}:\n    # docker-gotchas ignore=assets-after-release -- the reason`,
    )
    expect(stdout).toContain('paths: "Dockerfile"')
    expect(stdout).toContain('assets-after-release: off')
    expect(stdout).toContain('docker-gotchas explain assets-after-release')
  })

  it.each([
    [`Dockerfile:${at}:5`, true],
    [`Dockerfile:${at}:15`, true],
    [`Dockerfile:${at}:1`, false],
    [`./Dockerfile:${at}`, true],
    [`config/../Dockerfile:${at}`, true],
    [`Dockerfile:${at}:5:`, true],
  ])('%s is a place', async (place, isThere) => {
    const { stdout } = await explain(late, place)
    expect(stdout.includes('error[assets-after-release]:')).toBe(isThere)
  })

  it('takes a place by its whole path, and from a folder below', async () => {
    const folder = folderOf(late)
    for (const place of [`${folder}/Dockerfile:${at}`, `../${basename(folder)}/Dockerfile:${at}`]) {
      const { stdout } = await cli(folder, ['explain', place])
      expect(stdout).toContain('error[assets-after-release]:')
    }
    const { stdout } = await cli(join(folder, 'config'), ['explain', `../Dockerfile:${at}`])
    expect(stdout).toContain('error[assets-after-release]:')
  })

  it('the comment that it names silences the finding', async () => {
    const { stdout } = await explain(late, `Dockerfile:${at}`)
    const comment = /^ +(# docker-gotchas ignore=.*)$/m.exec(stdout)?.[1] ?? ''
    const Dockerfile = dockerfile.replace('RUN mix release', `${comment}\nRUN mix release`)
    const folder = folderOf({ ...late, Dockerfile })
    const { stdout: after } = await cli(folder, ['lint', '--format', 'json'])
    const { findings, suppressed } = JSON.parse(after) as Record<'findings' | 'suppressed', { rule: string }[]>
    expect(findings).toEqual([])
    expect(suppressed.map(({ rule }) => rule)).toEqual(['assets-after-release'])
    const { stdout: again } = await cli(folder, ['explain', `Dockerfile:${at + 1}`])
    expect(again).toContain('It is kept quiet by a comment: the reason.')
  })

  it('gives all findings of a line', async () => {
    const Dockerfile = `${dockerfile.trimEnd()}\nENV RELEASE_COOKIE=monster SECRET_KEY_BASE=${secret}\n`
    const { stdout } = await explain(
      { ...late, Dockerfile },
      `Dockerfile:${dockerfile.trimEnd().split('\n').length + 1}`,
    )
    expect(stdout).toContain('[secret-in-layer]')
    expect(stdout).toContain('[cookie-baked]')
    expect(stdout).not.toContain(secret.slice(3))
  })

  it('says that there is none, and which are near', async () => {
    const { code, stdout } = await explain(late, 'Dockerfile:2')
    expect(code).toBe(exit.clean)
    expect(stdout).toContain('no finding stands at Dockerfile:2')
    expect(stdout).toContain(`Dockerfile:${at}:5 error[assets-after-release]`)
  })

  it('says whose trail comes by', async () => {
    const { stdout } = await explain(late, `Dockerfile:${at + 1}`)
    expect(stdout).toContain(`no finding stands at Dockerfile:${at + 1}`)
    expect(stdout).toContain(`came by here:\n  Dockerfile:${at}:5 error[assets-after-release]`)
  })

  it('says that a clean file has none', async () => {
    const { stdout } = await explain({ ...late, 'lib/shop.ex': 'defmodule Shop do\nend\n' }, 'lib/shop.ex:1')
    expect(stdout).toBe('no finding stands at lib/shop.ex:1, and none in its file\n')
  })

  it.each([
    ['Dockerfil:3', 'there is no file or folder `Dockerfil`; did you mean `Dockerfile`?'],
    ['dockerfile:1', 'did you mean `Dockerfile`?'],
    ['Dockerfile', 'name a place as FILE:LINE'],
    ['assets-after-realease', 'did you mean `assets-after-release`?'],
  ])('explain %s is wrong: %s', async (operand, said) => {
    const { code, stdout, stderr } = await explain(late, operand)
    expect(code).toBe(exit.usage)
    expect(stdout).toBe('')
    expect(stderr).toContain(said)
  })
})
