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
  image: 'Image',
  syntax: 'Files and ignores that are not what they should be',
}

/** Where the page of a rule stands in the repository of docker-gotchas. */
export const docsOf = (rule: string): string => `docs/rules/${rule}.md`
