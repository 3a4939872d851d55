/**
 * Whether a requirement surely refuses a version (Elixir, `Version`, "Requirements"): `~> 1.17`, `>= 1.14.0 and < 1.18.0`,
 * `1.18.3`, `~> 1.14 or ~> 1.18`. Of a version such as `1.18` the parts that are not said may be any.
 */
export function refuses(requirement: string, version: string): boolean {
  const there = version.split('.').map(Number)
  return requirement.split(/\s+or\s+/).every((side) => side.split(/\s+and\s+/).some((one) => refusesOne(one, there)))
}

function refusesOne(condition: string, there: readonly number[]): boolean {
  const found = /^\s*(~>|>=|<=|==|!=|>|<|)\s*(\d+\.\d+(?:\.\d+)?)\s*$/.exec(condition)
  if (!found) return false
  const [, operator = '', text = ''] = found
  const wanted = text.split('.').map(Number)
  const least = compare(there, wanted, 0)
  const most = compare(there, wanted, Number.POSITIVE_INFINITY)
  if (operator === '~>') return most < 0 || wanted.slice(0, -1).some((part, index) => (there[index] ?? part) !== part)
  if (operator === '>=') return most < 0
  if (operator === '>') return most <= 0
  if (operator === '<=') return least > 0
  if (operator === '<') return least >= 0
  return operator === '!=' ? least === 0 && most === 0 : least > 0 || most < 0
}

/** How one version stands to another, with `open` for the parts of it that are not said. */
function compare(there: readonly number[], wanted: readonly number[], open: number): number {
  for (const index of [0, 1, 2]) {
    const difference = (there[index] ?? open) - (wanted[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
