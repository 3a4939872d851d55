/** The colours of the pictures by what they are for: in the light, and in the dark. */
const colours = {
  page: ['#ffffff', '#0d1117'],
  box: ['#ffffff', '#161b22'],
  border: ['#afb8c1', '#444c56'],
  head: ['#eaeef2', '#21262d'],
  shipHead: ['#d2f3dc', '#12361f'],
  shipBorder: ['#1a7f37', '#3fb950'],
  text: ['#1f2328', '#e6edf3'],
  dim: ['#59636e', '#9198a1'],
  keyword: ['#6639ba', '#d2a8ff'],
  line: ['#818b98', '#656c76'],
  assets: ['#0a6f75', '#56d4dd'],
  secrets: ['#953800', '#ffa657'],
  release: ['#0757ba', '#79c0ff'],
  error: ['#c11c2b', '#ff8078'],
  warning: ['#855a00', '#e3b341'],
  info: ['#0757ba', '#79c0ff'],
  errorBack: ['#ffebe9', '#3c1618'],
  warningBack: ['#fff8c5', '#302405'],
  infoBack: ['#ddf4ff', '#0c2238'],
} as const

export type Role = keyof typeof colours

/** The colour of a role in the light. */
export const colourOf = (role: Role): string => colours[role][0]

/**
 * CSS classes for the roles below `root`: `f-role` fills, `k-role` strokes. Dark where the reader's system is, on
 * screens; `data-theme` of the document goes before that.
 */
export function paletteCss(): string {
  const rules = (prefix: string, index: 0 | 1) =>
    Object.entries(colours)
      .map(([role, pair]) => `${prefix}.f-${role}{fill:${pair[index]}}${prefix}.k-${role}{stroke:${pair[index]}}`)
      .join('')
  return `${rules('', 0)}@media screen and (prefers-color-scheme:dark){${rules(':root:not([data-theme=light]) ', 1)}}@media screen{${rules('[data-theme=dark] ', 1)}}`
}

/** The roles as custom properties of CSS, for the parts of a page that are not drawn. */
export function paletteProperties(): string {
  const all = (index: 0 | 1) =>
    Object.entries(colours)
      .map(([role, pair]) => `--${role}:${pair[index]}`)
      .join(';')
  return `:root{color-scheme:light;${all(0)}}@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${all(1)}}}@media screen{:root[data-theme=dark]{color-scheme:dark;${all(1)}}}`
}
