// The words of the part of Elixir that `isPlain` knows, each to be looked for at a place.

export const blank = /(?:[ \t\r]|#[^\n]*)+/y
export const pair = /[A-Za-z_]\w*[?!]?:(?=\s)/y
/** `notin` is read as two words. */
export const word = /(?!notin)[a-z_]\w*(?:[?!](?!=))?(?![\w?!]|:(?!:))/y
export const alias = /[A-Z]\w*(?:\.[A-Z]\w*)*(?![\w?!(]|:(?!:))/y
export const literal =
  /(?:0x[\dA-Fa-f]+|\d+(?:_\d+)*(?:\.\d+(?:_\d+)*(?:[eE][+-]?\d+)?)?)(?!\w|\.(?!\.))|:[A-Za-z_]\w*[?!]?(?![\w@:(])|\?(?:[^\\\s]|\\[^xu\s])(?!\w)|&\d+(?!\w)/y
export const map = /%(?:[A-Z]\w*(?:\.[A-Z]\w*)*|__MODULE__)?\{/y
export const unary = /not(?![\w?!:])|[!^&+-](?![!^&+\-|=>~])/y
export const binary =
  /\|>|<>|\+\+(?!\+)|--(?!-)|\|\|(?!\|)|&&(?!&)|===?|!==?|=~|<=|>=(?!>)|<-|::(?!:)|\\\\|=>|\.\.(?![./])|[<>=|*/+-](?![<>=|*/+&~^])|(?:and|or|in|when|not +in)(?![\w?!:])/y
/** What may begin a line and goes on with the one above. */
export const goesOn = /\|>|<>|\+\+|\|\||&&|\|(?![|>])|(?:and|or|when)(?![\w?!:])/y
export const opening = /"""|'''|["']|~(?:[a-z]|[A-Z]+)(?:"""|["'([{</|])|:"/y
export const closes: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }
export const section = /(?:else|rescue|catch|after)(?![\w?!:])/y
export const argument =
  /["'{[]|:[A-Za-z_"]|@[a-z_]|%[{A-Z_]|&(?![&\s])|!(?!=)|\^[a-z_]|~[a-zA-Z]|\?\S|\d|<<(?!<)|[A-Za-z_]/y
export const noArgument = /(?:do|end|and|or|in|when|not +in|else|rescue|catch|after)(?![\w?!:])/y
/** Names that are values. */
export const literals: ReadonlySet<string> = new Set(['true', 'false', 'nil'])
export const doWord = /do(?![\w?!:])/y
export const endWord = /end(?![\w?!:])/y
/** What may stand behind a text that has ended. */
export const behindText = /(?![\w"'(:])|::/y
export const lineEnd = /\s*\n|\s*#/y
