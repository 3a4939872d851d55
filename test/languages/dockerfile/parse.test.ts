import { describe, expect, test } from 'vitest'
import { parseDockerfile } from '../../../src/languages/dockerfile/parse.ts'
import { scriptText } from '../../../src/languages/dockerfile/script.ts'
import type { Dockerfile, Instruction } from '../../../src/languages/dockerfile/types.ts'
import { textOf } from '../../../src/text/source.ts'

const read = (text: string): Dockerfile => parseDockerfile({ path: 'Dockerfile', text })

function only<Keyword extends Instruction['keyword']>(
  text: string,
  keyword: Keyword,
): Instruction & { readonly keyword: Keyword } {
  const found = read(`FROM a\n${text}`).instructions.find(
    (one): one is Instruction & { readonly keyword: Keyword } => one.keyword === keyword,
  )
  if (!found) throw new Error(`no ${keyword}`)
  return found
}

function scriptOf(text: string): string {
  const { command } = only(text, 'RUN')
  if (command.form === 'exec') throw new Error('not a script')
  const script = scriptText(command)
  expect(script).toHaveLength(command.script.end - command.script.start)
  return script
}

describe('the file', () => {
  test('directives stand at the top, after a BOM, in any case', () => {
    const { directives, escape: escaping } = read(
      '\ufeff#Syntax = docker/dockerfile:1 \r\n# escape=`\r\n\r\n# check=skip=all\r\nFROM a\r\n',
    )
    expect(escaping).toBe('`')
    expect(directives.syntax && textOf(directives.syntax.valueSpan)).toBe('docker/dockerfile:1')
    expect(directives.check).toBeUndefined()
  })

  test.each([
    ['# foo=bar\n# escape=`\nFROM a\n', '\\'],
    ['# a comment\n# escape=`\nFROM a\n', '\\'],
    ['\n# escape=`\nFROM a\n', '\\'],
    ['# check=error=true\n# escape=`\nFROM a\n', '`'],
  ])('%j continues lines with %s', (text, expected) => {
    expect(read(text).escape).toBe(expected)
  })

  test('stages', () => {
    const { stages, globalArgs } = read(
      'ARG V=1\nFROM --platform=linux/amd64 elixir:$V As Build\nRUN a\n\nfrom build\nCMD b\n',
    )
    expect(globalArgs.map((arg) => textOf(arg.span))).toEqual(['ARG V=1'])
    expect(
      stages.map((stage) => [stage.index, stage.name, stage.base.text, stage.platform?.text, textOf(stage.span)]),
    ).toEqual([
      [0, 'build', 'elixir:$V', 'linux/amd64', 'FROM --platform=linux/amd64 elixir:$V As Build\nRUN a'],
      [1, undefined, 'build', undefined, 'from build\nCMD b'],
    ])
    expect(stages[0]?.nameSpan && textOf(stages[0].nameSpan)).toBe('Build')
  })

  test('comments are kept apart', () => {
    const { comments } = read('# syntax=x\n# one\nFROM a\nRUN b \\\n  # two\n  c # three\n')
    expect(comments.map(textOf)).toEqual(['# one', '# two'])
  })

  test.each([
    ['FROM a\nFOO x', 'FOO', 'Docker knows no instruction `FOO`'],
    ['FROM a\nWORKDIR', 'WORKDIR', '`WORKDIR` needs an argument'],
    ['FROM a\nCOPY x', 'COPY', '`COPY` needs a source and a destination'],
    ['FROM a\nCOPY --frm=x y z', '--frm=x', '`COPY` has no flag `--frm`'],
    ['FROM a\nCOPY --from=a --from=b y z', '--from=b', '`--from` stands here twice'],
    ['FROM a\nCOPY --from=$X y z', '$X', '`--from` takes no variables: name a stage `FROM` that image instead'],
    ['FROM a\nCOPY --from=0 y z', '0', 'the stage `0` is not built before this one'],
    ['FROM a\nCOPY --from=later y z\nFROM b AS later', 'later', 'the stage `later` is not built before this one'],
    ['RUN x\nFROM a', 'RUN', '`RUN` stands before the first `FROM`'],
    ['FROM a b', 'FROM a b', '`FROM` takes an image, and perhaps `AS` and a name'],
    ['FROM a AS 1b', '1b', '`1b` cannot name a stage: letters, digits, `-`, `_` and `.`, a letter first'],
    ['ARG T\nFROM $T', '$T', '`$T` is empty unless a build argument is given'],
    ['ARG T\nFROM a:$T', 'a:$T', '`a:$T` is no image but `a:` unless a build argument is given'],
    ['FROM a:${T}', 'a:${T}', '`a:${T}` is no image but `a:`: no `ARG` before the first `FROM` declares it'],
    ['FROM a\nARG T\nFROM $T', '$T', '`$T` is empty: no `ARG` before the first `FROM` declares it'],
    ['FROM a AS Build\nFROM Build', 'Build', '`FROM` finds the stage only as `build`, in lower case'],
    ['FROM a\n\\', '\\', 'an instruction is continued here that has not begun'],
    ['', '', 'the Dockerfile has no `FROM`, so there is nothing to build'],
    ['FROM a\nRUN <<EOF\nx\n', '<<EOF', 'no line `EOF` ends this heredoc'],
    ['FROM a\nENV A=1 B', 'B', '`ENV` needs `name=value`'],
    ['FROM a\nHEALTHCHECK curl x', 'curl', '`HEALTHCHECK` is followed by `CMD` or `NONE`'],
    ['FROM a\nHEALTHCHECK --interval=5 CMD x', '--interval=5', '`--interval` needs a duration such as `30s`'],
    ['FROM a\nRUN --mount=type=sekret x', 'sekret', 'there are no mounts of type `sekret`'],
    ['FROM a\nONBUILD ONBUILD RUN x', 'ONBUILD', '`ONBUILD` cannot hold another `ONBUILD`'],
    ['# escape=x\nFROM a', 'x', 'the escape character must be a backslash or a backtick'],
  ])('%j has a problem', (text, place, message) => {
    expect(read(text).problems.map((problem) => [textOf(problem.span), problem.message])).toEqual([[place, message]])
  })

  test.each([
    ['ARG T\nFROM $T', 'likely'],
    ['ARG T\nFROM $T\nFROM $T', 'likely'],
    ['FROM $T', undefined],
  ])('%j needs a build argument: %s', (text, certainty) => {
    expect(read(text).problems.map((problem) => problem.certainty)).toEqual([certainty])
  })

  test('reading goes on after a problem', () => {
    expect(read('FROM a\nFOO\nRUN x').instructions.map((one) => one.keyword)).toEqual(['FROM', 'UNKNOWN', 'RUN'])
  })
})

describe('instructions', () => {
  test('spans reach over continuations and heredocs, without the last line break', () => {
    const spans = read('FROM a\r\nRUN b \\\r\n  # c\r\n\r\n  d  \r\nRUN <<E\r\nx\r\nE\r\n').instructions.map((one) =>
      textOf(one.span),
    )
    expect(spans).toEqual(['FROM a', 'RUN b \\\r\n  # c\r\n\r\n  d', 'RUN <<E\r\nx\r\nE'])
  })

  test('exec form', () => {
    const { command } = only('CMD [ "a\\"b", "\\u0041" ,"[c]" ] ', 'CMD')
    expect(command.form === 'exec' && command.argv.map((word) => [word.text, textOf(word.span)])).toEqual([
      ['a"b', '"a\\"b"'],
      ['A', '"\\u0041"'],
      ['[c]', '"[c]"'],
    ])
  })

  test('an array that is no JSON is shell form, and `RUN` without anything too', () => {
    const { command } = only("ENTRYPOINT ['a']", 'ENTRYPOINT')
    expect(command.form === 'shell' && textOf(command.script)).toBe("['a']")
    expect(only('ENTRYPOINT []', 'ENTRYPOINT').command).toMatchObject({ form: 'exec', argv: [] })
  })

  test('pairs', () => {
    const pairs = (text: string) =>
      only(text, 'ENV').pairs.map((pair) => [
        pair.name,
        pair.value,
        textOf(pair.span),
        pair.valueSpan && textOf(pair.valueSpan),
      ])
    expect(pairs('ENV A="b c" D=e\\ f \\\n  G=')).toEqual([
      ['A', '"b c"', 'A="b c"', '"b c"'],
      ['D', 'e\\ f', 'D=e\\ f', 'e\\ f'],
      ['G', '', 'G=', ''],
    ])
    expect(pairs('ENV A  b  c=d')).toEqual([['A', 'b  c=d', 'A  b  c=d', 'b  c=d']])
    expect(only('ARG A B=c', 'ARG').pairs.map(({ name, value }) => [name, value])).toEqual([
      ['A', undefined],
      ['B', 'c'],
    ])
  })

  test('COPY', () => {
    const copy = only("COPY --from=b --chown='a:b' --link --exclude=x --exclude=y a \\\n  b /c/", 'COPY')
    expect([
      copy.sources.map((word) => word.text),
      copy.destination.text,
      copy.from?.text,
      copy.chown?.text,
      copy.link,
      copy.parents,
    ]).toEqual([['a', 'b'], '/c/', 'b', 'a:b', true, false])
    expect(copy.exclude.map((word) => textOf(word.span))).toEqual(['x', 'y'])
    expect(copy.chown && textOf(copy.chown.span)).toBe('a:b')
  })

  test('files in COPY', () => {
    const { files, sources } = only("COPY x <<a.txt <<-'b' /d/\n1\na.txt\n\t2\n\tb\n", 'COPY')
    expect(sources.map((word) => word.text)).toEqual(['x'])
    expect(
      files.map((file) => [file.delimiter, file.quoted, file.stripTabs, textOf(file.bodySpan), textOf(file.span)]),
    ).toEqual([
      ['a.txt', false, false, '1\n', '<<a.txt'],
      ['b', true, true, '\t2\n', "<<-'b'"],
    ])
  })

  test('mounts', () => {
    const { mounts } = only(
      'RUN --mount=type=secret,id=k,required --mount="type=bind,from=b,src=/x,dst=/y,rw" --mount=type=cache,\\"target=/a,b\\" x',
      'RUN',
    )
    expect(
      mounts.map((one) => [
        one.type,
        one.id?.text,
        one.from?.text,
        one.source?.text,
        one.target?.text,
        one.required,
        one.readOnly,
      ]),
    ).toEqual([
      ['secret', 'k', undefined, undefined, undefined, true, true],
      ['bind', undefined, 'b', '/x', '/y', false, false],
      ['cache', undefined, undefined, undefined, '/a,b', false, false],
    ])
    expect(mounts[1]?.target && textOf(mounts[1].target.span)).toBe('/y')
  })

  test('the rest', () => {
    expect(only('EXPOSE 4000 $P/tcp', 'EXPOSE').ports.map((word) => word.text)).toEqual(['4000', '$P/tcp'])
    expect(only('USER  a:b ', 'USER').word.text).toBe('a:b')
    expect(only('VOLUME ["/a b"]', 'VOLUME').paths.map((word) => word.text)).toEqual(['/a b'])
    expect(only('SHELL ["bash", "-c"]', 'SHELL').argv.map((word) => word.text)).toEqual(['bash', '-c'])
    expect(only('HEALTHCHECK none', 'HEALTHCHECK').command).toBeUndefined()
    const health = only('HEALTHCHECK --interval=1m30s cmd curl -f x || exit 1', 'HEALTHCHECK')
    expect(health.command?.form === 'shell' && textOf(health.command.script)).toBe('curl -f x || exit 1')
    expect(only('ONBUILD COPY a b', 'ONBUILD').trigger).toMatchObject({ keyword: 'COPY', index: 1, stage: 0 })
  })
})

describe('the text of a script', () => {
  test.each([
    ['RUN a && \\\n  # c\n\n  b', `a && ${' '.repeat(9)}  b`],
    ['RUN a \\  \n  b', `a ${' '.repeat(4)}  b`],
    ['RUN re\\\nlease', 're\\\nlease'],
    ['RUN a # c \\\n b', 'a # c    b'],
    ['RUN <<E\r\nmix a\r\nE', 'mix a \n'],
    ['RUN cat <<E > f \\\n  && b\nx\nE\n', 'cat <<E > f     && b\nx\nE'],
    ['RUN --network=none  a', 'a'],
    ['RUN', ''],
  ])('%j', (text, expected) => {
    expect(scriptOf(text)).toBe(expected)
  })

  test('with a backtick', () => {
    const { instructions } = read('# escape=`\nFROM a\nRUN a `\n  b\nRUN echo `x``\n')
    const scripts = instructions.map((one) =>
      one.keyword === 'RUN' && one.command.form === 'shell' ? scriptText(one.command) : '',
    )
    expect(scripts).toEqual(['', 'a     b', 'echo `x``'])
  })

  test('an interpreter', () => {
    const { command } = only('RUN <<-E\n\t#!/usr/bin/env python3\n\tprint(1)\n\tE', 'RUN')
    expect(command.form === 'shell' && command.interpreter?.text).toBe('/usr/bin/env python3')
  })
})
