// Which mutants are programs: what the types refuse nobody can hand in, and no test has to notice.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { mutated } from './mutants.mjs'

/** Gives whether the source of a mutant still has the right types. What it leaves unused is no matter of types. */
export function typed() {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options, fileNames } = ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, '.')
  const changed = new Map()
  const versions = new Map()
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => true,
    getCompilationSettings: () => ({ ...options, noUnusedLocals: false, noUnusedParameters: false }),
    getScriptFileNames: () => fileNames,
    getScriptVersion: (path) => `${versions.get(path) ?? 0}`,
    getScriptSnapshot(path) {
      const text = changed.get(path) ?? ts.sys.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => process.cwd(),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  })
  const put = (path, text) => {
    if (text === undefined) changed.delete(path)
    else changed.set(path, text)
    versions.set(path, (versions.get(path) ?? 0) + 1)
  }
  return (mutant) => {
    const path = resolve(mutant.path)
    put(path, mutated(readFileSync(path, 'utf8'), mutant))
    const isRight = service.getSemanticDiagnostics(path).length === 0
    put(path, undefined)
    return isRight
  }
}
