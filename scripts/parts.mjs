// Divides the program by what calls of it need, so that each call loads no more: what lints a Dockerfile, what lints a
// whole project, and the rest.
import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { transform } from 'esbuild'

/** The files of the program in `dist/`, the first of which is the program. */
export const partFiles = ['program.cjs', 'project.cjs', 'rest.cjs']

/** Writes the parts of what `link` has made into `dist/`, where all that it reads is already. */
export async function writeParts({ modules, exported }, target) {
  const all = new Set(modules.keys())
  const file = 'dist/recording.cjs'
  await writeFile(file, `${scriptOf(modules, [all], 0, exported)}exports.ran=()=>[${[...all].map((n) => `m${n}`)}]`)
  const parts = []
  const left = new Set(all)
  for (const samples of calls) {
    const ran = new Set((await Promise.all(samples.map((sample) => recorded(file, sample)))).flat())
    parts.push(new Set([...left].filter((number) => number === 0 || ran.has(number))))
    for (const number of ran) left.delete(number)
  }
  await rm(file)
  for (const [index, name] of partFiles.entries()) {
    const text = scriptOf(modules, [...parts, left], index, exported)
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target,
      minify: true,
      legalComments: 'none',
    })
    await writeFile(join('dist', name), asAscii(code))
  }
}

/** Escapes what is no ASCII, which stands in regular expressions only, so that a byte is a character and quickly read. */
const asAscii = (code) =>
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A part as a script. It finds the others by `parts`, which the first one makes. */
function scriptOf(modules, parts, index, exported) {
  const own = parts[index]
  const foreign = new Set([...own].flatMap((number) => modules[number].uses.filter((used) => !own.has(used))))
  const asked = new Set(
    parts.filter((part) => part !== own).flatMap((part) => [...part].flatMap((number) => modules[number].uses)),
  )
  const placeOf = (number) => parts.findIndex((part) => part.has(number))
  const given = [...own]
    .filter((number) => asked.has(number))
    .map((number) => `${number}(){return m${number}||M${number}()}`)
  const elsewhere = (number) => `function M${number}(){return m${number}=parts[${placeOf(number)}]()[${number}]()}`
  const others = partFiles.slice(1).map((name, part) => `${part + 1}:()=>require("./${name}").of(parts)`)
  const place = `get place(){return require("node:url").pathToFileURL(typeof Bun==="object"?process.argv[1]:__filename).href}`
  return [
    `"use strict";var ${[...own, ...foreign].map((number) => `m${number}`).join()};`,
    `var own={${given.join()}};`,
    index === 0
      ? `var parts={0:()=>own,${others.join()},${place}};`
      : 'var parts;exports.of=(all)=>{parts=all;return own};',
    ...[...own].map((number) => modules[number].text),
    ...[...foreign].map((number) => (modules[number].isOfNode ? modules[number].text : elsewhere(number))),
    ...(index === 0 ? exported.map((name) => `exports.${name}=(told)=>(m0||M0()).${name}(told);`) : []),
    '',
  ].join('\n')
}

/** The samples that need the first part, and those that need the second one too. */
const calls = [['lone-dockerfile/Dockerfile'], ['mended-shop', 'first-deploy']]

/** The numbers of the modules that are run to lint a sample. */
async function recorded(file, sample) {
  const script = `const program=require(${JSON.stringify(resolve(file))});process.on('exit',()=>{process.stderr.write(JSON.stringify(program.ran().flatMap((one,number)=>one?number:[])));process.exitCode=0});program.start(()=>{})`
  const { stderr } = await promisify(execFile)(process.execPath, [
    '-e',
    script,
    '--',
    file,
    'lint',
    `samples/${sample}`,
  ])
  return JSON.parse(stderr)
}
