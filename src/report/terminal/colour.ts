import type { Severity } from '../../text/diagnostic.ts'

/** Ways to set text off in a terminal; each leaves the text as it is where there are no colours. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly code: (text: string) => string
  readonly severity: Readonly<Record<Severity, (text: string) => string>>
  /** Steps of a trail. */
  readonly step: (text: string) => string
  readonly good: (text: string) => string
}

const codes = { bold: '1', dim: '2', cyan: '36', red: '1;31', yellow: '1;33', blue: '1;34', green: '1;32' } as const
const paint = new RegExp(`(\\u001b\\[(?:0|${Object.values(codes).join('|')})m)`)

/** A text cut at the codes of `paintWith`, which are parts of their own. */
export const paintedParts = (text: string): readonly string[] => text.split(paint)

/** Whether a part of a text is such a code. */
export const isPaint = (part: string): boolean => part.startsWith('\u001b[') && paint.test(part)

/** SGR codes (ECMA-48, 8.3.117) where `colour` is on. */
export function paintWith(colour: boolean): Paint {
  const sgr = (code: string) => (text: string) => (colour && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text)
  return {
    bold: sgr(codes.bold),
    dim: sgr(codes.dim),
    code: sgr(codes.cyan),
    severity: { error: sgr(codes.red), warning: sgr(codes.yellow), info: sgr(codes.blue) },
    step: sgr(codes.cyan),
    good: sgr(codes.green),
  }
}
