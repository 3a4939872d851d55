/** Stands for the output of a template's tag: a character of a word that no script contains. */
export const tagFiller = '\ue000'

/**
 * A shell template such as `rel/env.sh.eex` as shell text of the same length: a tag that prints becomes a word of
 * which nothing is known, other tags and comments become blanks.
 */
export function withoutTags(template: string): string {
  return template.replace(/<%(?!%)([\s\S]*?)%>/g, (tag, inside: string) => {
    if (inside.startsWith('=')) return tagFiller.repeat(tag.length)
    return tag.replace(/[^\r\n]/g, ' ')
  })
}
