// What stands for each mutant in a mutated source: `globalThis.mutant(number, original, replacement)`.

/**
 * Puts it there, with the mutant that `on` gives. `reached` gives the numbers that a run has reached so far, or nothing
 * where nobody asks: `reach` is told of each whose value is another one than that of the original.
 */
export function install({ on, reached, reach }) {
  let isAsked = false
  globalThis.mutant = (number, original, replacement) => {
    if (number === on()) return replacement()
    if (isAsked || !reached || reached().has(number)) return original()
    const value = original()
    if (differs(value, replacement)) reach(number)
    return value
  }

  function differs(value, replacement) {
    isAsked = true
    try {
      return !Object.is(replacement(), value)
    } catch {
      return true
    } finally {
      isAsked = false
    }
  }
}
