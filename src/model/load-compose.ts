import type { ComposeInput, ComposeProject } from '../languages/compose/types.ts'
export function loadCompose(_input: ComposeInput): ComposeProject {
  const none = new Map()
  return {
    name: '',
    composeFiles: [],
    sources: [],
    services: none,
    disabled: none,
    secrets: none,
    configs: none,
    volumes: none,
    networks: none,
    problems: [],
    warnings: [],
    variables: [],
  }
}
