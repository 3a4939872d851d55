/** How many characters of a secret may stand in a row: the first three are shown. */
const shown = 4

/** Throws where a part of `secret` that is longer than what may be shown stands in a text. */
export function checkMasked(secret: string, texts: Readonly<Record<string, string>>): void {
  for (const [where, text] of Object.entries(texts)) {
    for (let at = 0; at + shown < secret.length; at += 1) {
      const part = secret.slice(at, at + shown + 1)
      const found = text.indexOf(part)
      if (found !== -1)
        throw new Error(`${where} has the secret: ${JSON.stringify(text.slice(Math.max(0, found - 60), found + 40))}`)
    }
  }
}
