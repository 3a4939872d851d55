import { runsCode, type Step } from './step.ts'

/** Whether a step migrates a database. */
export function migrates({ command }: Step): boolean {
  if (command.kind === 'mix') {
    return (
      /^ecto\.(migrate|setup|reset|create|rollback)$/.test(command.task) &&
      !(command.mixEnv.kind === 'known' && command.mixEnv.value === 'test')
    )
  }
  if (command.kind === 'release') {
    if (command.command === 'migrate' || command.name === 'migrate') return true
    return runsCode(command.command) && /migrat/i.test(command.args.join(' '))
  }
  return command.kind === 'program' && command.name === 'migrate' && /\/bin\/migrate$/.test(command.argv[0] ?? '')
}
