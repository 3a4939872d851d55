// A copy of the checkout in which something may be changed and tested. Its packages are those of the checkout.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const copied = /^(src|test|samples|scripts|docs|[\w.-]+\.(json|md|ts))$/

/** The folder of the copy, which the caller removes. */
export function copyTree() {
  const copy = mkdtempSync(join(tmpdir(), 'docker-gotchas-copy-'))
  for (const name of readdirSync('.').filter((one) => copied.test(one))) {
    cpSync(name, join(copy, name), { recursive: true })
  }
  mkdirSync(join(copy, 'node_modules'))
  // What is kept between runs belongs to one checkout.
  for (const name of readdirSync('node_modules').filter((one) => one !== '.cache')) {
    symlinkSync(join(process.cwd(), 'node_modules', name), join(copy, 'node_modules', name))
  }
  return copy
}
