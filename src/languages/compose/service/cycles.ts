import { complain, type Gathered } from '../problems.ts'
import type { ComposeService } from '../service-types.ts'

/** Complains once of services that wait for each other in a circle. */
export function checkCycles(gathered: Gathered, services: ReadonlyMap<string, ComposeService>): void {
  const done = new Set<string>()
  for (const start of [...services.keys()].toSorted()) {
    const path: string[] = []
    const pending: { readonly name: string; next: number }[] = []
    const enter = (name: string) => {
      path.push(name)
      pending.push({ name, next: 0 })
    }
    if (!done.has(start)) enter(start)
    for (let top = pending.at(-1); top !== undefined; top = pending.at(-1)) {
      const dependency = services.get(top.name)?.dependsOn[top.next]
      top.next += 1
      if (dependency === undefined) {
        pending.pop()
        path.pop()
        done.add(top.name)
      } else if (path.includes(dependency.name)) {
        const circle = [...path.slice(path.indexOf(dependency.name)), dependency.name].map((name) => `\`${name}\``)
        complain(gathered, dependency.span, `the services wait for each other: ${circle.join(' → ')}`)
        return
      } else if (services.has(dependency.name) && !done.has(dependency.name)) enter(dependency.name)
    }
  }
}
