/** How deep brackets may be nested at most, by counting them wherever they stand. */
export function nesting(text: string): number {
  let depth = 0
  let deepestYet = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 40 || char === 91 || char === 123) deepestYet = Math.max(deepestYet, ++depth)
    else if (char === 41 || char === 93 || char === 125) depth = Math.max(0, depth - 1)
  }
  return deepestYet
}
