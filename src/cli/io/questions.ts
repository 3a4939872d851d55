import type { DraftAnswers, Survey } from '../../settings/draft.ts'
import { didYouMean } from '../../text/nearest.ts'
import { neutralLine } from '../../text/neutral.ts'
import { type Io, say } from './io.ts'

/** What holds where nobody is asked. */
export const noAnswers: DraftAnswers = { strict: false, services: [], provided: [] }

/** Asks on the terminal what the settings should say; undefined where the input ends before the last answer. */
export async function answersOf({ ships, wanted }: Survey, io: Io): Promise<DraftAnswers | undefined> {
  const lines = linesOf(io.stdin)
  const ask = async (question: string): Promise<string | undefined> => {
    io.stdout.write(`${neutralLine(question)} `)
    const { value, done } = await lines.next()
    return done ? undefined : value.trim()
  }
  /** Asks for some of `known`; an empty answer is none of them, `all` is all. */
  const choose = async (question: string, known: readonly string[]): Promise<readonly string[] | undefined> => {
    for (;;) {
      const answer = await ask(question)
      if (answer === undefined) return undefined
      if (/^(all|y|yes)$/i.test(answer)) return known
      const words = /^(none|n|no)$/i.test(answer) ? [] : answer.split(/[\s,]+/).filter((word) => word !== '')
      const unknown = words.find((word) => !known.includes(word))
      if (unknown === undefined) return words
      say(io.stdout, `\`${unknown}\` is not one of them${didYouMean(unknown, known)}`)
    }
  }
  try {
    const named = [...new Set(ships.flatMap(({ service }) => service ?? []))]
    const services = named.length < 2 ? [] : await choose(`Which services ship? ${named.join(', ')} [as it is]`, named)
    if (services === undefined) return undefined
    const provided =
      wanted.length === 0
        ? []
        : await choose(`Which of these does the platform give? ${wanted.join(', ')} (all, names) [none]`, wanted)
    if (provided === undefined) return undefined
    const strict = await ask('Shall every finding fail the run? (y/n) [n]')
    return strict === undefined ? undefined : { services, provided, strict: /^y(es)?$/i.test(strict) }
  } finally {
    await lines.return(undefined)
  }
}

const longestAnswer = 100_000

/** The lines of a stream, as they come, up to one that is no answer. */
async function* linesOf(stream: Io['stdin']): AsyncGenerator<string, undefined> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of stream) {
    const parts = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > longestAnswer) return undefined
    yield* parts
  }
  if (rest !== '') yield rest
  return undefined
}
