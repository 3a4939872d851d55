import type { Severity } from '../text/diagnostic.ts'

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

/** SGR codes (ECMA-48, 8.3.117) where `colour` is on. */
export function paintWith(colour: boolean): Paint {
  const sgr = (code: string) => (text: string) => (colour && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text)
  return {
    bold: sgr('1'),
    dim: sgr('2'),
    code: sgr('36'),
    severity: { error: sgr('1;31'), warning: sgr('1;33'), info: sgr('1;34') },
    step: sgr('36'),
    good: sgr('1;32'),
  }
}
