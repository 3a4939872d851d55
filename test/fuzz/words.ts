import fc from 'fast-check'

/** Texts put together as a template says. */
export const text = (parts: TemplateStringsArray, ...gaps: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...gaps).map((words) => parts.map((part, at) => part + (words[at] ?? '')).join(''))

/** One of the words. */
export const one = (...words: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...words)

/** Up to `most` of them, with `joiner` between. */
export const some = (what: fc.Arbitrary<string>, joiner: string, most = 4): fc.Arbitrary<string> =>
  fc.array(what, { maxLength: most }).map((parts) => parts.join(joiner))

/** At least one of them, with `joiner` between. */
export const many = (what: fc.Arbitrary<string>, joiner: string, most = 4): fc.Arbitrary<string> =>
  fc.array(what, { minLength: 1, maxLength: most }).map((parts) => parts.join(joiner))

/** `what`, or nothing. */
export const maybe = (what: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), what)

/** Up to `most` lines. */
export const lines = (line: fc.Arbitrary<string>, most = 12): fc.Arbitrary<string> =>
  fc.array(line, { maxLength: most }).map((all) => all.map((each) => `${each}\n`).join(''))

/** What parsers trip over: ends, quotes, escapes, what has no width, half of a pair. */
export const oddities: readonly string[] = [
  ...['\u0000', '\u001b[31m', '\u0007', '\u0085', '\u00a0', '\u00ad', '\u0301', '\u200b', '\u200d', '\u202e', '\u2028'],
  ...[
    '\u3000',
    '\ufeff',
    '\ufffd',
    '\ufffc',
    '\ue000',
    '\ud83d',
    '\ude00',
    '😀',
    'ß',
    'İ',
    'ﬁ',
    '日本',
    '\r',
    '\r\n',
    '\n\n',
    '\t',
  ],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\\n',
    '$',
    '$$',
    '${',
    '}',
    '$(',
    ')',
    '((',
    '[',
    ']',
    '{',
    '#',
    '%',
    '&&',
    '||',
    ';',
    '|',
  ],
  ...[
    '<<',
    '<<-E',
    '\nE\n',
    '=',
    ':',
    '::',
    ',',
    '!',
    '?',
    '*',
    '**',
    '../',
    '/',
    '//',
    '~',
    '@',
    '-',
    '--',
    '.',
    '..',
    '...',
  ],
  ...[
    '0',
    '-1',
    '1e999',
    '99999999999999999999',
    '0x',
    '__proto__',
    'constructor',
    'toString',
    '::error::x',
    '%s',
    '\\u0000',
  ],
]

/** One of the oddities. */
export const odd: fc.Arbitrary<string> = one(...oddities)

/** Names of variables: some that mean something, some that are secrets, some that are none. */
export const variable: fc.Arbitrary<string> = one(
  ...[
    'A',
    'B',
    'FOO',
    'PORT',
    'MIX_ENV',
    'PHX_HOST',
    'PHX_SERVER',
    'SECRET_KEY_BASE',
    'DATABASE_URL',
    'LOG_LEVEL',
    'LANG',
  ],
  ...[
    'API_TOKEN',
    'DB_PASSWORD',
    'RELEASE_COOKIE',
    'RELEASE_NAME',
    'POOL_SIZE',
    'a',
    '_',
    'PATH',
    'HOME',
    '__proto__',
    'A1',
  ],
)

/** Words as they stand in commands and values. */
export const word: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: one('x', 'app', 'shop', 'prod', '/app', '.', './', '4000', 'true', 'false', 'lib', 'config', 'a b'),
  },
  {
    weight: 2,
    arbitrary: one('http://a.example/x?y=z', 'ecto://u:p@db/shop', 'bin/server', '/app/bin/shop', 'C.UTF-8', 'info'),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 6 }) },
  { weight: 1, arbitrary: odd },
)

/** `$A`, `${A:-x}` and the like, as Docker, Compose and shells write them. */
export const substitution: fc.Arbitrary<string> = fc.oneof(
  text`$${variable}`,
  text`\${${variable}}`,
  text`\${${variable}${one(':-', '-', ':+', '+', ':?', '?', '#', '##', '%', '%%', '/', '//', ':', '^^')}${word}}`,
  text`\${${variable}:-\${${variable}${one('-', '+', ':?', '')}${word}}}`,
)

/** A word, or one with a substitution. */
export const value: fc.Arbitrary<string> = fc.oneof(word, substitution, text`${word}${substitution}${word}`)

/** A value, bare or in quotes. */
export const quoted: fc.Arbitrary<string> = fc.oneof(value, text`"${value}"`, text`'${value}'`)
