import type { Span } from '../../../text/source.ts'

/** What tells an unknown value: values with the same one are the same value. Of equal ones the keys are equal. */
export type Identity = { readonly key: string } & (
  | { readonly of: 'variable'; readonly name: string }
  | { readonly of: 'environment' }
  /** What a function or an operator gives for its arguments. */
  | { readonly of: 'call'; readonly args: readonly IdentityPart[] }
  /** What comes of the code at a place, the first time or a later one. */
  | { readonly of: 'place' }
  /** One of more than we follow. */
  | { readonly of: 'many'; readonly choice: Choice }
)

/** A choice between outcomes that are counted from 0. Of equal choices the keys are equal. */
export type Choice = { readonly key: string } /** Whether a variable is set: 0 where it is not. */ & (
  | { readonly of: 'env'; readonly name: string }
  /** Whether Elixir takes a value for true: 0 where it does. */
  | { readonly of: 'truth'; readonly identity: Identity }
  /** What is left for a value that is not true: nil or false. */
  | { readonly of: 'falsehood'; readonly identity: Identity }
  /** Whether a value has the shape of a pattern: 0 where it has. */
  | { readonly of: 'match'; readonly identity: Identity }
  /** A place of the script at which nothing else tells the choice apart. */
  | { readonly of: 'place' }
)

/** A value as a part of an identity: one that is not known, or the text of one that is. */
export type IdentityPart = Identity | { readonly key: string; readonly of: 'text' }

/** The value of a variable, where it is set. */
export const variableIdentity = (name: string): Identity => ({ of: 'variable', name, key: `env ${name} value` })
/** The map of all variables. */
export const environmentIdentity: Identity = { of: 'environment', key: 'the whole environment' }

/** The longest key. */
export const longestKey = 400

/** What `name` gives for arguments; undefined where one of them cannot be told, or it takes too long to. */
export function callIdentity(name: string, args: readonly (IdentityPart | undefined)[]): Identity | undefined {
  const parts = args.flatMap((part) => part ?? [])
  const key = `${name}(${parts.map((part) => part.key).join(',')})`
  return parts.length < args.length || key.length > longestKey ? undefined : { of: 'call', args: parts, key }
}

/** What comes of the code at a place, the `count`-th of the run. */
export const identityAt = ({ source, start }: Span, count: number): Identity => ({
  of: 'place',
  key: `for ${source.path}:${start}#${count}`,
})

/** One of more alternatives than we follow. */
export const manyIdentity = (choice: Choice): Identity => ({ of: 'many', choice, key: `many ${choice.key}` })

/** Whether a variable is set. */
export const whetherSet = (name: string): Choice => ({ of: 'env', name, key: `env ${name}` })
/** Whether Elixir takes a value for true. */
export const whetherTrue = (identity: Identity): Choice => ({ of: 'truth', identity, key: `${identity.key}?` })
/** Whether a value that is not true is nil. */
export const whetherNil = (identity: Identity): Choice => ({ of: 'falsehood', identity, key: `${identity.key}!` })
/** Whether a value matches the pattern of that text. */
export const whetherMatching = (identity: Identity, pattern: string): Choice => ({
  of: 'match',
  identity,
  key: `${identity.key} =~ ${pattern}`,
})
/** The choice at a place, the `count`-th of the run. */
export const choiceAt = ({ source, start }: Span, count: number): Choice => ({
  of: 'place',
  key: `${source.path}:${start}#${count}`,
})

/** The names of the variables that have a part in a choice or an identity. */
export function variablesIn(what: Choice | IdentityPart): readonly string[] {
  switch (what.of) {
    case 'env':
    case 'variable':
      return [what.name]
    case 'truth':
    case 'falsehood':
    case 'match':
      return variablesIn(what.identity)
    case 'call':
      return what.args.flatMap(variablesIn)
    case 'many':
      return variablesIn(what.choice)
    default:
      return []
  }
}
