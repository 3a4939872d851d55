/** What has been opened and not closed. */
export interface Frame {
  kind: 'block' | 'fn' | 'items' | 'map' | 'one'
  close: string
  /** The first character of `close`; -1 where nothing closes it. */
  closing: number
  /** What the whole of it is, once it is closed: a call may have a `do`, an access may be followed by another one, and
   * behind the head of a function comes its arrow. */
  makes: 'call' | 'access' | 'head' | 'block' | 'value'
  /** Of an interpolation, the text that goes on behind it. */
  within: Text | undefined
  /** Nothing stands in the expression or item yet. */
  fresh: boolean
  /** How many calls without parentheses are open in the expression. */
  bare: number
  /** Whether keywords have begun: in the frame, in the call without parentheses. */
  pairs: boolean
  barePairs: boolean
  /** Whether what follows is an item, which may be a pair. */
  isItem: boolean
  /** Whether expressions have ended in the frame; whether it has clauses; whether a comma makes a clause of the expression. */
  ended: boolean
  clauses: boolean
  /** Whether the expression can be no head of a clause: it is the body of one, its first, or a block stands in it. */
  body: boolean
  comma: boolean
  /** Whether a comma stood before the item, which need not follow then. */
  trailing: boolean
  /** Of an item of a map: whether its arrow has come. */
  arrow: boolean
  operators: number
  /** How deep the tree is around it. */
  depth: number
}

/** A text that may be interpolated. */
export interface Text {
  readonly close: string
  readonly isRaw: boolean
  readonly isHeredoc: boolean
  readonly isSigil: boolean
  /** Whether it may or must be the key of a pair. */
  readonly key: 'may' | 'must' | 'not'
}

const newFrame = (): Frame => ({
  kind: 'block',
  close: '',
  closing: -1,
  makes: 'value',
  within: undefined,
  fresh: true,
  bare: 0,
  pairs: false,
  barePairs: false,
  isItem: false,
  ended: false,
  clauses: false,
  body: false,
  comma: false,
  trailing: false,
  arrow: false,
  operators: 0,
  depth: 0,
})

/** How far a text has been read. */
export interface Place {
  readonly text: string
  at: number
  /** What is open, outermost first, up to `level`. Those behind it were open before, and are taken again. */
  readonly frames: Frame[]
  level: number
  /** The innermost that is open. */
  frame: Frame
  /** Where the next backslash or `#` stands, as far as it is known: not before it. */
  special: number
  /** What stands before: nothing that may end here, a name, a call in parentheses, the name of a module, `a[b]` or `&1`,
   * what stands in parentheses behind `fn`, another value. */
  last: 'none' | 'name' | 'alias' | Frame['makes']
}

/** Goes to `end`, unless it is -1, which is false. */
export function go(place: Place, end: number): boolean {
  if (end === -1) return false
  place.at = end
  return true
}

/** How deep the tree may be at most of what is taken for plain. */
const deepest = 244

/** The place at which a text begins that is to be read. */
export function placeIn(text: string, at: number): Place {
  const root = newFrame()
  return { text, at, frames: [root], level: 0, frame: root, special: -1, last: 'none' }
}

/** Opens a frame in which nothing stands yet; false where that is too deep. */
export function open(
  place: Place,
  kind: Frame['kind'],
  close: string,
  makes: Frame['makes'] = 'value',
  within?: Text,
): boolean {
  const outer = place.frame
  outer.fresh = false
  place.level += 1
  if (place.level === place.frames.length) place.frames.push(newFrame())
  const frame = place.frames[place.level] ?? outer
  frame.kind = kind
  frame.close = close
  frame.closing = close.charCodeAt(0)
  frame.makes = makes
  frame.within = within
  frame.fresh = true
  frame.bare = 0
  frame.pairs = false
  frame.barePairs = false
  frame.isItem = kind === 'items' || kind === 'map'
  frame.ended = false
  frame.clauses = false
  frame.body = false
  frame.comma = false
  frame.trailing = false
  frame.arrow = false
  frame.operators = 0
  frame.depth = outer.depth + outer.operators + outer.bare + 6
  place.frame = frame
  place.last = 'none'
  return frame.depth < deepest
}

/** Ends an expression. */
export function end(place: Place): void {
  const { frame } = place
  frame.fresh = true
  frame.bare = 0
  frame.barePairs = false
  frame.body = false
  frame.ended = true
  frame.operators = 0
  place.last = 'none'
}

/** Whether an expression or item may end as it is. */
export const isOver = ({ frame }: Place): boolean =>
  !frame.comma && (frame.kind !== 'map' || frame.arrow || frame.pairs || frame.fresh)

/** Whether it is parentheses around an expression, which may be that of a clause. */
export const isGroup = ({ kind, close, within }: Frame): boolean =>
  kind === 'one' && close === ')' && within === undefined

/** Begins a pair; false where a tuple or a binary has nothing before it. */
export function beginPair(frame: Frame): boolean {
  const { bare, kind, close, ended } = frame
  if (bare > 0) frame.barePairs = true
  else frame.pairs = true
  frame.fresh = false
  return bare > 0 || kind !== 'items' || ended || (close !== '}' && close !== '>>')
}
