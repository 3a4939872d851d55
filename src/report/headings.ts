import type { Gotcha } from '../text/diagnostic.ts'

/** What people call the gotchas. */
export const headings: Readonly<Record<Gotcha, string>> = {
  'runtime-config': 'Runtime configuration',
  migrations: 'Migrations',
  'host-and-server': 'Host and server',
  assets: 'Assets',
  secrets: 'Secrets',
  health: 'Health check',
  'log-level': 'Log level',
  image: 'Image and container',
  syntax: 'Files and ignores that are not what they should be',
}

const order = Object.keys(headings)

/** What belongs to gotchas, in the order in which people meet those. */
export const byDrawer = <T extends { readonly gotcha: Gotcha }>(all: readonly T[]): readonly T[] =>
  all.toSorted((one, other) => order.indexOf(one.gotcha) - order.indexOf(other.gotcha))

/** Where the page of a rule stands in the repository of docker-gotchas. */
export const docsOf = (rule: string): string => `docs/rules/${rule}.md`
