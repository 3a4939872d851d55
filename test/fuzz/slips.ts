import { posix } from 'node:path'
import fc from 'fast-check'
import type { Texts } from '../../src/text/example.ts'

/** A project in which somebody's hand slipped, and whether it surely is worse, and nothing of it better. */
export interface Slipped {
  readonly files: Texts
  readonly isWorse: boolean
}

/** Something that goes wrong in a text: where it may, and what then stands there. */
interface Slip {
  readonly at: RegExp
  /** What stands there instead; `dice` is any number. */
  readonly by: (found: string, dice: number) => string
  /** The files in which it happens; absent: all. */
  readonly of?: RegExp
  /** It may as well do no harm, or mend something. */
  readonly isOpen?: true
}

const nothing = () => ''
const word = /\b[A-Za-z_]\w{2,}/g
const yaml = /\.ya?ml$/
const elixir = /\.exs?$/
const dockerfile = /Dockerfile/

const slips: readonly Slip[] = [
  { at: /^.+\n?/gm, by: nothing },
  { at: word, by: nothing },
  { at: word, by: misspelt },
  { at: word, by: (found) => `${found}_2` },
  { at: word, by: inOtherCase },
  { at: /["'`]/g, by: nothing },
  { at: /[:=,.@|>&(){}[\]\\-]/g, by: nothing },
  { at: /(?<=^[ \t]*(- )?["']?\w+)(: ?|=)/gm, by: (found) => (found === '=' ? ': ' : '='), of: /\.ya?ml$|env/ },
  { at: /^(?= *[\w-])/gm, by: (_, dice) => ' '.repeat(1 + (dice % 4)), of: yaml },
  { at: /^ {1,4}(?=[\w-])/gm, by: nothing, of: yaml },
  { at: /\b(do|end|fn)\b|->/g, by: nothing, of: elixir },
  { at: /[-~_](?=\w)/g, by: (found, dice) => ['-', '~', '_', '.'].filter((one) => one !== found)[dice % 3] ?? '' },
  { at: /\/(?=[\w.])|(?<=\w)\//g, by: nothing },
  { at: /(?<=[\s"=])(?=[\w.]+\/)|(?<=\/\w+)(?=[\s"])/g, by: () => '/' },
  { at: /^(?=\s*\S)/gm, by: () => '# ' },
  { at: /^( *)\S.*\n(\1 +\S.*\n|[ \t]*\n)+(\1end\n)?/gm, by: nothing },
  { at: /\b\d+\b/g, by: (found, dice) => `${Number(found) + (dice % 2 === 0 ? 1 : -1)}`, isOpen: true },
  { at: /\b(true|false)\b/g, by: (found) => `${found !== 'true'}`, isOpen: true },
  { at: /(?<=[ [(,:=])"[^"\n]+"/g, by: () => '""', isOpen: true },
  { at: /^.+\n?/gm, by: (found) => found.replace(/\n?$/, '\n') + found, isOpen: true },
  { at: /^.+\n(.*\n){0,3}?.+\n?/gm, by: (found) => found.replace(/^(.+\n)([\s\S]+?)\n?$/, '$2\n$1'), isOpen: true },
  { at: /^[A-Z]+ (.*\\\n)*.*\n\n?([A-Z]+ (.*\\\n)*.*\n\n?){1,3}/gm, by: below, of: dockerfile, isOpen: true },
  { at: /^if .* do\n(.*\n)*?end$/gm, by: (found) => found.replace(/^.*\n|end$/g, ''), of: elixir, isOpen: true },
  {
    at: /^config .*(\n[ \t].*)*/gm,
    by: (found) => `if config_env() == :prod do\n${found}\nend`,
    of: elixir,
    isOpen: true,
  },
]

/** A word with two neighbours the other way round, without one of its letters, with one twice, or with another. */
function misspelt(word: string, dice: number): string {
  const index = (dice >> 2) % (word.length - 1)
  const [one = '', other = ''] = [word[index], word[index + 1]]
  const wrong = ['', one + one, one === 'e' ? 'a' : 'e', other + one][dice % 4] ?? ''
  const slipped = word.slice(0, index) + wrong + word.slice(index + (dice % 4 === 3 ? 2 : 1))
  return slipped === word ? word.slice(1) : slipped
}

/** A word in capitals, in small letters, or with another first letter. */
function inOtherCase(word: string, dice: number): string {
  const first = word.slice(0, 1)
  const forms = [
    word.toUpperCase(),
    word.toLowerCase(),
    `${first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase()}${word.slice(1)}`,
  ]
  const others = forms.filter((form) => form !== word)
  return others[dice % others.length] ?? ''
}

/** The first instruction behind the others. */
function below(instructions: string): string {
  return instructions.replace(/^((?:.*\\\n)*.*\n\n?)([\s\S]*)$/, '$2$1')
}

interface Place {
  readonly slip: Slip
  readonly index: number
  readonly found: string
}

/** Everywhere where a slip may happen. They may lie in each other. */
function placesOf(slip: Slip, path: string, text: string): readonly Place[] {
  const places: Place[] = []
  if (slip.of?.test(path) === false) return places
  for (let index = 0; index <= text.length; ) {
    slip.at.lastIndex = index
    const match = slip.at.exec(text)
    if (match === null) break
    places.push({ slip, index: match.index, found: match[0] })
    index = match.index + 1
  }
  return places
}

/** Slips in one text of a project, of each kind as often. */
function inText(texts: Texts, path: string): readonly fc.Arbitrary<Slipped>[] {
  const text = texts[path] ?? ''
  return slips.flatMap((slip) => {
    const places = placesOf(slip, path, text)
    if (places.length === 0) return []
    return fc.tuple(fc.constantFrom(...places), fc.nat()).map(([{ index, found }, dice]): Slipped => {
      const changed = text.slice(0, index) + slip.by(found, dice) + text.slice(index + found.length)
      return { files: { ...texts, [path]: changed }, isWorse: slip.isOpen !== true }
    })
  })
}

/** A name that other files have as well, renamed in all of this one. */
function renamed(texts: Texts, path: string): readonly fc.Arbitrary<Slipped>[] {
  const { [path]: text = '', ...others } = texts
  const elsewhere = new Set(Object.values(others).flatMap((other) => other.match(word) ?? []))
  const names = [...new Set(text.match(word))].filter((name) => elsewhere.has(name))
  if (names.length === 0) return []
  return [
    fc.tuple(fc.constantFrom(...names), fc.nat()).map(([name, dice]): Slipped => {
      const changed = text.replace(
        new RegExp(`\\b${name}\\b`, 'g'),
        dice % 2 === 0 ? `${name}_2` : misspelt(name, dice),
      )
      return { files: { ...texts, [path]: changed }, isWorse: true }
    }),
  ]
}

/** A file that is gone, or that lies elsewhere, where it may well do no harm. */
function moved(texts: Texts, path: string): readonly fc.Arbitrary<Slipped>[] {
  const { [path]: text = '', ...others } = texts
  const [folder, name] = [posix.dirname(path), posix.basename(path)]
  const elsewhere = [`old/${name}`, `../${name}`, `${name}.bak`, misspelt(name, 1)]
    .map((one) => posix.join(folder, one))
    .filter((one) => !one.startsWith('..') && texts[one] === undefined)
  return [
    fc.constant({ files: others, isWorse: true }),
    fc.constantFrom(...elsewhere).map((to): Slipped => ({ files: { ...others, [to]: text }, isWorse: false })),
  ]
}

/** Slips that concern the file at `path` of a project. */
export const slippedIn = (texts: Texts, path: string): fc.Arbitrary<Slipped> =>
  fc.oneof(...moved(texts, path), ...renamed(texts, path), ...inText(texts, path))
