import { type Invocation, invocationOf, nowhere, withProjectName } from './load/command-line.ts'
import { loadModel } from './load/load-model.ts'
import { projectName } from './load/name.ts'
import { complain, type Gathered, isElsewhere, isFolder, leaveOut } from './problems.ts'
import { projectOf } from './service/project.ts'
import type { ComposeInput, ComposeProject } from './types.ts'

const mostFiles = 500

/**
 * What `docker compose` makes of the files in view, to the letter of compose-go 2.16.2. Where Compose would stop there
 * is a problem, and what could be read is still given.
 */
export function loadCompose(input: ComposeInput): ComposeProject {
  const gathered: Gathered = {
    input,
    problems: [],
    damages: [],
    warnings: [],
    elsewhere: [],
    variables: [],
    sources: new Map(),
  }
  const invocation = invocationOf(gathered)
  const files = readable(gathered, invocation)
  const name = projectName(gathered, files, invocation.workingDir, invocation.environment)
  const environment = withProjectName(invocation.environment, name)
  const { workingDir } = invocation
  const model = loadModel(
    { gathered, environment, workingDir, loaderDir: workingDir, included: [], budget: { left: mostFiles } },
    files,
  )
  if (files.length > 0 && gathered.problems.length === 0) {
    if (model.entries.size === 0) complain(gathered, nowhereIn(gathered, files[0] ?? ''), 'the compose file is empty')
    else if (name === '')
      complain(gathered, nowhereIn(gathered, files[0] ?? ''), 'the project has no name: its folder gives none')
  }
  return projectOf(gathered, { ...invocation, environment }, name, model)
}

const nowhereIn = (gathered: Gathered, path: string) => {
  const source = gathered.input.read(path)
  return source ? { source, start: 0, end: 0 } : nowhere(path)
}

function readable(gathered: Gathered, { files }: Invocation): readonly string[] {
  if (files.length === 0) complain(gathered, nowhere('compose.yaml'), 'there is no compose file')
  return files.filter((file) => {
    if (gathered.input.read(file) !== undefined) return true
    if (isElsewhere(gathered, file)) {
      leaveOut(gathered, 'services', nowhere(file), `the compose file \`${file}\``)
      return false
    }
    complain(
      gathered,
      nowhere(file),
      `the compose file \`${file}\` ${isFolder(gathered.input, file) ? 'is a folder' : 'is not there'}`,
    )
    return false
  })
}
