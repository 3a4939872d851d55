import fc from 'fast-check'
import { parseDockerfile } from '../../../src/languages/dockerfile/parse.ts'
import { environmentOf, variablesAt } from '../../../src/languages/dockerfile/scope.ts'
import type { Source } from '../../../src/text/source.ts'
import type { Language } from '../language.ts'
import { lines, many, maybe, odd, one, quoted, some, text, value, variable, word } from '../words.ts'
import { command } from './shell.ts'

const words: readonly string[] = [
  ...[
    'FROM ',
    'RUN ',
    'COPY ',
    'ADD ',
    'ENV ',
    'ARG ',
    'CMD ',
    'ENTRYPOINT ',
    'USER ',
    'WORKDIR ',
    'HEALTHCHECK ',
    'EXPOSE ',
  ],
  ...[
    'ONBUILD ',
    'SHELL ',
    'STOPSIGNAL ',
    'LABEL ',
    'VOLUME ',
    ' AS ',
    '--from=',
    '--mount=type=',
    '--chown=',
    '<<EOF',
    'EOF',
  ],
  ...['# escape=`', '# syntax=x', '\\\n', '["', '", "', '"]', 'scratch', 'mix release', 'mix assets.deploy', 'NONE'],
]

const stage = one('a', 'b', 'builder', '0', '1', 'scratch', 'elixir:1.18', 'debian:bookworm-slim', '$A', 'A')
const path = fc.oneof(one('.', './', '/app', 'mix.exs', 'config/', 'lib', '*.exs', '/', '..', '/x/'), value)
const json = fc.array(fc.oneof(word, value)).map((all) => JSON.stringify(all))
const exec = fc.oneof(json, command, text`[${quoted}, ${quoted}`, text`["sh", "-c", "${command}"]`)
const mount = text`--mount=type=${one('bind', 'cache', 'secret', 'tmpfs', 'ssh', 'x')}${maybe(text`,target=${path}`)}${maybe(
  text`,${one('id', 'source', 'from', 'env', 'required', 'uid')}=${value}`,
)} `
const heredoc = text`<<${one('', '-')}${one('E', '"E"', "'E'")}\n${some(command, '\n')}\n${one('E', '\tE', 'F', '')}`

const instruction: fc.Arbitrary<string> = fc.oneof(
  text`FROM ${maybe(text`--platform=${value} `)}${stage}${maybe(text` AS ${stage}`)}`,
  text`RUN ${maybe(mount)}${maybe(mount)}${exec}`,
  text`RUN ${heredoc}`,
  text`${one('COPY', 'ADD')} ${maybe(text`--${one('from', 'chown', 'chmod', 'parents', 'exclude', 'link')}=${stage} `)}${many(path, ' ')} ${path}`,
  text`COPY ${heredoc} ${path}`,
  text`ENV ${many(text`${variable}${one('=', ' ', '')}${quoted}`, ' ')}`,
  text`ARG ${many(text`${variable}${maybe(text`=${quoted}`)}`, ' ')}`,
  text`${one('CMD', 'ENTRYPOINT', 'SHELL', 'VOLUME')} ${exec}`,
  text`HEALTHCHECK ${maybe(text`--${one('interval', 'timeout', 'retries', 'x')}=${word} `)}${one('CMD', 'NONE', '')} ${exec}`,
  text`${one('USER', 'WORKDIR', 'EXPOSE', 'STOPSIGNAL', 'MAINTAINER', 'ONBUILD', 'FORM')} ${value}`,
  text`ONBUILD ${one('RUN', 'COPY', 'FROM', 'ONBUILD')} ${exec}`,
  text`LABEL ${variable}=${quoted}`,
  text`RUN ${command} ${one('\\', '`')}\n${maybe(text`# ${word}\n`)}${command}`,
  text`# ${one('escape', 'syntax', 'check', 'docker-gotchas-ignore')}${one('=', ': ', ' ')}${word}`,
  odd,
)

/** A Dockerfile with everything that its model is asked. */
function read(source: Source): readonly unknown[] {
  const dockerfile = parseDockerfile(source)
  const asked = dockerfile.instructions.map((one) => variablesAt(dockerfile, one)('A'))
  const environments = dockerfile.stages.map((one) => environmentOf(dockerfile, one))
  return [dockerfile, asked, environments]
}

/** Dockerfiles. */
export const dockerfile: Language = {
  name: 'dockerfile',
  paths: ['Dockerfile', 'docker/prod.Dockerfile'],
  texts: lines(instruction, 10),
  words,
  read,
}
