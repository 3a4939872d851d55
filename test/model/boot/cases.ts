import type { Observed } from './recorded.ts'

/** A recorded answer in the form in which `observedOf` gives ours. */
export function expectedOf(what: Observed) {
  if (!what.boots) return { boots: false, http_listening: false, port: null }
  return {
    boots: true,
    http_listening: what.http_listening,
    port: what.port,
    url: what.url,
    logger_level: what.logger_level,
    debug_query_params_logged: what.debug_query_params_logged,
  }
}

/** Whether a path is one of a digested file. */
export const isDigested = (path: string | undefined): boolean => /-[0-9a-f]{32}\.css/.test(path ?? '')
