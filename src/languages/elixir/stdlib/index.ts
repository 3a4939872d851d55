import { type StandardLibrary, type StdEntry, type StdTable, undefinedFunction } from '../values/types.ts'
import { accessFunctions } from './access-module.ts'
import { smallFunctions } from './atom-tuple.ts'
import { baseFunctions } from './base.ts'
import { calendarFunctions } from './calendar.ts'
import { enumLists } from './enum.ts'
import { enumOrder } from './enum-order.ts'
import { enumPicks } from './enum-picks.ts'
import { erlangFunctions } from './erlang.ts'
import { erlangLists } from './erlang-lists.ts'
import { isExported, standardLibraryModules } from './exports.ts'
import { fileFunctions } from './file.ts'
import { inetFunctions } from './inet.ts'
import { kernelParts, kernelValues } from './kernel.ts'
import { kernelTests } from './kernel-tests.ts'
import { keywordFunctions } from './keyword.ts'
import { listFunctions } from './list.ts'
import { mapFunctions } from './map-module.ts'
import { floatFunctions, integerFunctions } from './number.ts'
import { pathFunctions } from './path.ts'
import { regexFunctions } from './regex.ts'
import { numberFunctions, setFunctions, streamsOf } from './sets.ts'
import { stringParts, stringTexts } from './string.ts'
import { stringSearch } from './string-search.ts'
import { structFunctions } from './structs.ts'
import { processFunctions, systemFunctions } from './system.ts'
import { uriFunctions } from './uri.ts'
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
  ...numberFunctions,
  ...listFunctions,
  ...keywordFunctions,
  ...mapFunctions,
  ...setFunctions,
  ...enumLists,
  ...enumPicks,
  ...enumOrder,
  ...streamsOf({ ...enumLists, ...enumPicks, ...enumOrder }),
  ...uriFunctions,
  ...pathFunctions,
  ...fileFunctions,
  ...baseFunctions,
  ...calendarFunctions,
  ...versionFunctions,
  ...systemFunctions,
  ...processFunctions,
  ...inetFunctions,
  ...erlangFunctions,
  ...erlangLists,
}

const entries: ReadonlyMap<string, StdEntry> = new Map(
  Object.entries(table).map(([key, entry]) => [
    key,
    sinceItCame(key, typeof entry === 'function' ? { run: entry } : entry),
  ]),
)

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
  find: (key) => entries.get(key),
  hasModule: (module) => standardLibraryModules.has(module),
  exports: isExported,
}
