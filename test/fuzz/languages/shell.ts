import fc from 'fast-check'
import { parseShellScript, parseShellText } from '../../../src/languages/shell/parse.ts'
import { wholeOf } from '../../../src/text/source.ts'
import type { Language } from '../language.ts'
import { lines, many, maybe, odd, one, quoted, some, text, variable, word } from '../words.ts'

const words: readonly string[] = [
  ...[
    'if ',
    'then ',
    'else ',
    'elif ',
    'fi',
    'for x in ',
    'do ',
    'done',
    'while ',
    'case ',
    ' in ',
    'esac',
    ';;',
    '() {',
    '}',
  ],
  ...[
    'exec ',
    'set -e',
    'export ',
    'eval ',
    '$(',
    '`',
    '"$@"',
    '$*',
    '$1',
    '((',
    '[[ ',
    ' ]]',
    '<<E',
    '>&2',
    '2>/dev/null',
    '&',
  ],
  ...['bin/shop eval ', 'bin/migrate', 'bin/server', 'env ', 'sh -c ', 'sudo ', 'source ', '. ', 'mix ', 'curl -f '],
]

const name = one(
  ...[
    'mix',
    'mix release',
    'mix phx.digest',
    'apt-get install',
    'rm -rf',
    'cp -r',
    'mv',
    'ln -s',
    'mkdir -p',
    'touch',
    'cd',
    'echo',
  ],
  ...[
    'exec',
    'export',
    'set --',
    'sh -c',
    'bash -euc',
    'env',
    'sudo -u x',
    'su x -c',
    'eval',
    '.',
    'source',
    'test',
    '[',
    'curl -f',
  ],
  ...[
    'npm run',
    'make',
    'just',
    'bin/shop eval',
    'bin/shop start',
    'nohup',
    'tini --',
    'gosu nobody',
    'xargs',
    'timeout 5',
    'f',
  ],
)

const simple = text`${some(text`${variable}=${quoted}`, ' ', 2)} ${name} ${some(quoted, ' ')}${maybe(
  text` ${one('>', '>>', '<', '2>', '<<<', '&>')} ${word}`,
)}`

/** A command line of a shell. */
export const command: fc.Arbitrary<string> = fc.letrec<{ readonly command: string }>((tie) => ({
  command: fc.oneof(
    { depthSize: 'xsmall', withCrossShrink: true },
    simple,
    text`${tie('command')} ${one('&&', '||', ';', '|', '&')} ${tie('command')}`,
    text`${one('(', '{ ', '$(', '! ', '$((', '[[ ', '`')}${tie('command')}${one(')', '; }', '', '))', ' ]]', '`')}`,
    text`if ${tie('command')}; then ${tie('command')}; ${maybe(text`else ${tie('command')};`)} fi`,
    text`for ${variable} in ${some(quoted, ' ')}; do ${tie('command')}; done`,
    text`while ${tie('command')}; do ${tie('command')}; done`,
    text`case ${quoted} in ${word}) ${tie('command')};; *) ${tie('command')};; esac`,
    text`f() { ${tie('command')}; }; f ${some(quoted, ' ')}`,
    text`cat <<E\n${tie('command')}\nE\n`,
  ),
})).command

/** Scripts of a shell. */
export const shell: Language = {
  name: 'shell',
  paths: ['docker/entrypoint.sh', 'rel/overlays/bin/server', 'rel/env.sh.eex'],
  texts: text`${one('#!/bin/sh\n', '#!/bin/bash -e\n', '#!/usr/bin/env -S sh\n', '')}${lines(
    fc.oneof({ weight: 9, arbitrary: many(command, '; ', 2) }, odd),
    5,
  )}`,
  words,
  read: (source) => [
    parseShellScript(wholeOf(source)),
    parseShellScript(wholeOf({ ...source, path: 'rel/env.sh.eex' })),
    parseShellText(source.text.slice(1), wholeOf(source)),
  ],
}
