// Most calls end before it pays to optimize what they run, above all the grammar of Elixir; what takes longer is worth it, but
// still later than Node thinks, which compiles for servers. Flags have other names in each release, and a Node says so where it
// does not know one: so a newer one is told nothing.
const anywhere = ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up', '--no-regexp-tier-up']
const byRelease = {
  20: { first: ['--interrupt-budget=2000000'], later: ['--interrupt-budget=400000'] },
  22: { first: ['--invocation-count-for-turbofan=15000'] },
  24: { first: ['--invocation-count-for-turbofan=20000', '--invocation-count-for-maglev=1500'] },
}

/** What the engine of a release of Node is told: at `first`, and `later`, when a call takes its time. */
export function engineFlags(release) {
  const { first = [], later = [] } = byRelease[release] ?? {}
  return { first: release <= 24 ? [...anywhere, ...first] : [], later }
}
