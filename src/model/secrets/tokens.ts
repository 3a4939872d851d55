import { once } from '../../text/once.ts'
import { isDummy } from './dummies.ts'
import { type TokenShape, tokenShapes } from './token-shapes.ts'

/** A token that tells by its form whose it is, as offsets into the text that it stands in. */
export interface SecretToken {
  readonly of: string
  readonly start: number
  readonly end: number
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

const wholeOf = ({ begins, rest }: TokenShape) => `${literal(begins)}${rest}`

const any = new RegExp(`(?<![\\w-])(?:${tokenShapes.map(wholeOf).join('|')})(?![\\w])`, 'g')
const wholes = once(() => tokenShapes.map((shape) => ({ shape, whole: new RegExp(`^(?:${wholeOf(shape)})$`) })))

/** The tokens of known forms in a text, dummies such as `ghp_xxxxxxxx…` left out. */
export const tokensIn = (text: string): readonly SecretToken[] =>
  [...text.matchAll(any)].flatMap(({ 0: token, index }) => {
    const shape = wholes().find(({ whole }) => whole.test(token))?.shape
    if (shape === undefined || !isVaried(token.slice(shape.begins.length)) || isDummy(token)) return []
    return [{ of: shape.of, start: index, end: index + token.length }]
  })

const isVaried = (text: string): boolean => new Set(text.toLowerCase()).size >= 7
