import { expect, test } from 'vitest'
import { leaksOf, leaksOfImage, projectsOf, randomOf, secretOf } from './secret-leaks.ts'
import { places } from './secret-places.ts'

// More seeds, and every call for each place: SECRET_SEEDS=1,2,3 vitest run test/hostile/secrets.test.ts
const asked = process.env.SECRET_SEEDS?.split(',').map(Number)
const seeds = asked ?? [1]

test('there are at least 300 places', () => {
  expect(new Set(places.map(({ file, text }) => `${file}: ${text}`)).size).toBeGreaterThan(300)
})

const patience = 900_000

test.each(seeds)(
  'no command shows five characters of a secret, wherever it stands (seed %i)',
  async (seed) => {
    const random = randomOf(seed)
    const planted = places.map((place) => ({ place, secret: secretOf(random) }))
    const leaks: string[] = []
    for (const [number, project] of projectsOf(planted).entries())
      leaks.push(...(await leaksOf(project, number + seed, asked !== undefined)))
    expect(leaks).toEqual([])
  },
  patience,
)

test.each(seeds)('nor does `image`, of what is in an image (seed %i)', async (seed) => {
  expect(await leaksOfImage(randomOf(seed))).toEqual([])
})
