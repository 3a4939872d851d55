import { expect, it } from 'vitest'
import { isComposeFile, isDockerfile } from '../../src/files/names.ts'

it.each([
  ['Dockerfile', true],
  ['docker/app/Dockerfile', true],
  ['Dockerfile.prod', true],
  ['prod.Dockerfile', true],
  ['site.dockerfile', true],
  ['TurkeyDockerfile', true],
  ['Containerfile', true],
  ['Dockerfile.eex', false],
  ['Dockerfile.md', false],
  ['Dockerfile.dockerignore', false],
  ['mydockerfile', true],
  ['mydockerfiles', false],
  ['docker/notes', false],
])('%s is a Dockerfile: %s', (path, expected) => expect(isDockerfile(path)).toBe(expected))

it.each([
  ['compose.yaml', true],
  ['deploy/docker-compose.prod.yml', true],
  ['compose-staging.yml', true],
  ['compose.json', false],
  ['composer.yml', false],
])('%s is a compose file: %s', (path, expected) => expect(isComposeFile(path)).toBe(expected))
