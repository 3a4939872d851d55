import { type StandardLibrary, type StdEntry, type StdTable, undefinedFunction } from '../values/types.ts'
import { accessFunctions } from './access-module.ts'
import { smallFunctions } from './atom-tuple.ts'
import { enumLists } from './collections/enum.ts'
import { enumOrder } from './collections/enum-order.ts'
import { enumPicks } from './collections/enum-picks.ts'
import { keywordFunctions } from './collections/keyword.ts'
import { listFunctions } from './collections/list.ts'
import { mapFunctions } from './collections/map-module.ts'
import { erlangFunctions } from './erlang.ts'
import { isExported, isStandardModule } from './exports/exports.ts'
import { fileFunctions } from './file.ts'
import { kernelParts, kernelValues } from './kernel.ts'
import { kernelTests } from './kernel-tests.ts'
import { floatFunctions, integerFunctions } from './number.ts'
import { structFunctions } from './structs.ts'
import { processFunctions, systemFunctions } from './system.ts'
import { baseFunctions } from './text/base.ts'
import { pathFunctions } from './text/path.ts'
import { regexFunctions } from './text/regex.ts'
import { stringParts, stringTexts } from './text/string.ts'
import { stringSearch } from './text/string-search.ts'
import { timerFunctions } from './timer.ts'
import { inetFunctions } from './uri/inet.ts'
import { uriFunctions } from './uri/uri.ts'
import { versionFunctions } from './version.ts'

const table: StdTable = {
  ...kernelTests,
  ...kernelValues,
  ...kernelParts,
  ...smallFunctions,
  ...structFunctions,
  ...accessFunctions,
  ...stringTexts,
  ...stringParts,
  ...stringSearch,
  ...regexFunctions,
  ...integerFunctions,
  ...floatFunctions,
  ...timerFunctions,
  ...listFunctions,
  ...keywordFunctions,
  ...mapFunctions,
  ...enumLists,
  ...enumPicks,
  ...enumOrder,
  ...uriFunctions,
  ...pathFunctions,
  ...fileFunctions,
  ...baseFunctions,
  ...versionFunctions,
  ...systemFunctions,
  ...processFunctions,
  ...inetFunctions,
  ...erlangFunctions,
}

const entries = new Map<string, StdEntry>()

/** The function of a key, as it is in the version that is asked for. */
function find(key: string): StdEntry | undefined {
  const written = Object.hasOwn(table, key) ? table[key] : undefined
  if (written === undefined) return undefined
  const entry = entries.get(key) ?? sinceItCame(key, typeof written === 'function' ? { run: written } : written)
  entries.set(key, entry)
  return entry
}

/** A function that came after Elixir 1.14 is undefined in the versions before. */
function sinceItCame(key: string, entry: StdEntry): StdEntry {
  if (isExported(key, '1.14.0') !== 'no' || isExported(key, '1.20.0') !== 'yes') return entry
  return {
    ...entry,
    run: (args, context) =>
      isExported(key, context.elixirVersion) === 'yes' ? entry.run(args, context) : undefinedFunction(key),
  }
}

/** Elixir's standard library and what of Erlang's is used in configuration, as far as it can be followed without running it. */
export const standardLibrary: StandardLibrary = {
  find,
  hasModule: isStandardModule,
  exports: isExported,
}
