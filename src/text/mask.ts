/** What stands in the place of each character of a secret. */
export const dot = '·'

/** The same number of UTF-16 units as `secret`: three characters at most, fewer of a short one, and dots; no backquote, which would end what a message quotes. */
export function masked(secret: string): string {
  const shown = Math.min(3, Math.floor(secret.length / 4))
  return secret.slice(0, shown).replace(/`|[\ud800-\udbff]$/g, dot) + secret.slice(shown).replace(/[^\r\n]/g, dot)
}

/** A masked text with the backquotes again that begin and end what a sentence quotes. */
export const withQuotes = (text: string, hidden: string): string =>
  [...text.matchAll(/(?<=^|[\s([])`|`(?=$|[\s)\],.:;?!])/g)].reduce(
    (shown, { index }) => `${shown.slice(0, index)}\`${shown.slice(index + 1)}`,
    hidden,
  )
