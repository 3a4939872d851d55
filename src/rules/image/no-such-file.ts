import { posix } from 'node:path'
import { gitLeavesOut } from '../../files/git-ignored.ts'
import type { Tree } from '../../files/tree.ts'
import { missingBuilds } from '../../model/facts/references.ts'
import type { Project } from '../../model/project/project.ts'
import type { NamedFile } from '../../model/services/named-files.ts'
import { isMissing, nearPath } from '../../model/stage-files/missing.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { meant } from '../meant.ts'
import { defineRule } from '../rule.ts'

const makes = 'Say in the README how the file is made, and commit a sample with the names alone, such as `.env.example`'

export default defineRule({
  id: 'no-such-file',
  gotcha: 'image',
  severity: 'error',
  stops: false,
  summary: 'the compose file names a file or folder that is not there',
  incident: 'Compose stops before anything is built or started.',
  remedy: 'Add the file, correct its path, or write `required: false` where it may be absent',
  why: `The \`context\` of a build must be a folder, its Dockerfile must lie where \`dockerfile\` says, seen from the context, and an
\`env_file\` must be there unless it says \`required: false\`, as must the \`file\` of a secret or a config. What git ignores may be there on another machine; an
env file that it ignores is told once, since somebody has to make it. All other checks go on as if what is near were meant.`,
  links: [
    'https://docs.docker.com/reference/compose-file/build/#context',
    'https://docs.docker.com/reference/compose-file/services/#env_file',
  ],
  examples: [
    {
      title: 'the folder of a build',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            healthcheck:
              disable: true
      `,
      bad: `
        -- compose.yaml: build: . --
        build: ./app
               ^^^^^
      `,
    },
    {
      title: 'an env file',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            env_file: shop.env
            healthcheck:
              disable: true
        -- shop.env --
        POOL_SIZE=5
      `,
      bad: `
        -- shop.env --
        (removed)
        -- compose.yaml: env_file: shop.env --
        env_file: shop.env
                  ^^^^^^^^
      `,
    },
  ],
  *check(project) {
    for (const { service, reference, isSure } of missingBuilds(project)) {
      const { kind, name, span, near, isAbove } = reference
      if (kind === 'stage') continue
      const what = kind === 'context' ? 'in the folder' : 'by'
      yield {
        message: `${service} is built ${what} \`${name}\`, which is not there${meant(near)}`,
        why: 'The build stops at once: no image is made.',
        remedy: isAbove
          ? 'Let the path lead up from the folder of the compose file, or call Compose with `--project-directory`'
          : kind === 'context'
            ? 'Correct the path of the folder'
            : 'Correct the path, or add the Dockerfile',
        span,
        ...(isSure && !isAbove ? {} : { severity: 'warning', certainty: 'likely' }),
      }
    }
    const told = new Set<string>()
    for (const { name, envFiles, namedFiles, development } of project.services) {
      for (const one of development === undefined ? namedFiles : []) {
        const found = told.has(one.path) ? undefined : withoutNamed(one, project)
        if (found) yield found
        told.add(one.path)
      }
      for (const { path, span, isThere } of development === undefined ? envFiles : []) {
        const what = `\`${path}\`, the env file of \`${name}\``
        const isPrivate = /(^|\/)\.env[^/]*$/.test(path)
        if (isPrivate && gitLeavesOut(project.tree, path)) {
          if (told.has(path)) continue
          told.add(path)
          const message = `whoever deploys has to make ${what}: git ignores it, and without it Compose stops`
          const found = { message, why: 'A clean checkout does not have the file.', remedy: makes, span }
          yield hasExample(path, project.tree)
            ? { ...found, severity: 'info' }
            : {
                ...found,
                message: `${message}; nothing in view says what belongs in it`,
                severity: 'warning',
                certainty: 'likely',
              }
        } else if (!isThere && isMissing(path, project.tree)) {
          const message = `Compose stops: ${what}, is not there${meant(nearPath(path, project.tree))}`
          yield isPrivate ? { message, span, severity: 'warning', certainty: 'likely' } : { message, span, stops: true }
        }
      }
    }
  },
})

/** Whether an env file beside this one, or at the root, shows what belongs in it: `.env.example`, `prod.env.sample`, `.env.dev`. */
const hasExample = (path: string, { entries }: Tree): boolean =>
  entries.some(
    (entry) =>
      entry.kind === 'file' &&
      !entry.gitIgnored &&
      entry.path !== path &&
      [posix.dirname(path), '.'].includes(posix.dirname(entry.path)) &&
      /(^|[._-])env([._-]|$)/.test(posix.basename(entry.path)) &&
      !/\.(sh|exs?|eex)$/.test(entry.path),
  )

/** Against the file of a secret or a config that is not there; that of a secret is no part of a checkout, unless its name has a slip. */
function withoutNamed({ kind, name, path, span }: NamedFile, { tree }: Project): Finding | undefined {
  if (!isMissing(path, tree)) return undefined
  const near = nearPath(path, tree)
  const what = `\`${path}\`, the file of the ${kind} \`${name}\``
  if (kind === 'secret' && near === undefined) {
    const message = `whoever deploys has to make ${what}: it is not there, and without it Compose stops`
    return {
      message,
      why: 'A clean checkout does not have the file.',
      remedy: 'Say in the README how the file is made',
      span,
      severity: 'info',
    }
  }
  return {
    message: `Compose stops: ${what}, is not there${meant(near)}`,
    remedy: 'Add the file, or correct its path',
    span,
    stops: true,
  }
}
