/** Where the time went, in seconds; that of threads is added. */
export interface Stats {
  /** That passed, up to the report. */
  readonly seconds: number
  readonly projects: number
  readonly files: number
  readonly bytes: number
  /** In bytes. */
  readonly peakMemory: number
  readonly reading: number
  /** By language. */
  readonly parsing: Readonly<Record<string, number>>
  readonly model: number
  readonly rules: number
  readonly dearestRules: readonly { readonly rule: string; readonly seconds: number }[]
  readonly report: number
}
