import type { Deployment } from '../model/boot/deployment.ts'
import { type Misspelt, misspeltIn } from '../model/env/misspelt.ts'
import { given } from '../model/facts/boots.ts'
import type { Project } from '../model/project/project.ts'
import type { Finding, Fix } from '../text/diagnostic.ts'
import { oncePer } from '../text/once.ts'
import { sameSpan } from '../text/source.ts'

/**
 * What is found in a project by asking it. What would not be found if a misspelt variable had the name that was meant
 * stands where that variable is given.
 */
export function findingsIn(project: Project, ask: (project: Project) => Iterable<Finding>): readonly Finding[] {
  const found = [...ask(project)]
  if (found.length === 0) return found
  const asked = trialsOf(project).map(({ misspelt, mended }) => ({ misspelt, left: [...ask(mended)] }))
  return found.map((one) => {
    const isGone = ({ left }: { readonly left: readonly Finding[] }) =>
      !left.some((other) => sameSpan(other.span, one.span) && other.message === one.message)
    const cause = asked.find(isGone)
    return cause ? atMisspelling(one, cause.misspelt) : one
  })
}

/** The misspelt variables of a project, and what it would be if one alone had the name that was meant. */
const trialsOf = oncePer((project: Project): readonly { misspelt: Misspelt; mended: Project }[] => {
  const all = project.deployments.flatMap(misspeltIn)
  const each = all.filter((one, index) => all.findIndex((other) => sameSpan(other.span, one.span)) === index)
  return each.map((misspelt) => ({
    misspelt,
    mended: { ...project, deployments: project.deployments.map((one) => mendedOf(one, misspelt)) },
  }))
})

function mendedOf(deployment: Deployment, { span, meant, name }: Misspelt): Deployment {
  const { boot, environment, release } = deployment
  if (!boot || !misspeltIn(deployment).some((one) => sameSpan(one.span, span))) return deployment
  const [atStart, atBuild] = [environment.get(name), release?.step.env(name)]
  const value = [boot.environment(name), atStart, atBuild].find((one) => one?.kind === 'known')
  const text = value?.kind === 'known' ? value.value : `the value of ${name}`
  const atBoot = given(boot, meant, text)
  return { ...deployment, boot: atBuild?.kind === 'known' ? atBoot?.givenAtBuild(new Map([[meant, text]])) : atBoot }
}

function atMisspelling(finding: Finding, { span, meant, name }: Misspelt): Finding {
  const { message, related = [] } = finding
  const renamed: Fix = { title: `Call it \`${meant}\``, safety: 'unsafe', edits: [{ span, text: meant }] }
  return {
    ...finding,
    message: `${message}; did you mean \`${meant}\` by \`${name}\`?`,
    span,
    related: [{ span: finding.span, text: `this goes wrong without \`${meant}\`` }, ...related],
    fixes: [renamed],
  }
}
