// Whether two builds find the same to the byte: `node scripts/same-findings.mjs OLD NEW PROJECT…`, of the files that start
// them, such as ../before/dist/cli.js and dist/cli.js, or an executable.
import { spawnSync } from 'node:child_process'

const [before, after, ...projects] = process.argv.slice(2)

function told(program, project) {
  const call = ['lint', project, '--format', 'json', '--fail-on', 'never']
  const [command, args] = program.endsWith('.js') ? [process.execPath, [program, ...call]] : [program, call]
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1e9 })
  return `${status}\n${stderr}\n${stdout}`
}

const differing = projects.filter((project) => told(before, project) !== told(after, project))
for (const project of differing) console.log(`differs: ${project}`)
console.log(`${projects.length - differing.length} of ${projects.length} projects are told the same`)
process.exitCode = projects.length > 0 && differing.length === 0 ? 0 : 1
