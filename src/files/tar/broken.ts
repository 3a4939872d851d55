/** Why a tar cannot be read. Thrown while a stream is read, and caught by who opened it: no file makes us fail. */
export class Broken extends Error {
  /** The entry at which it broke. */
  readonly entry: string | undefined

  constructor(message: string, entry?: string) {
    super(message)
    this.entry = entry
  }
}

/** What is said where bytes are not those of a tar. */
export const damaged = 'it is no tar, or a part of it is damaged'

/**
 * What is said of a header that programs read in different ways. Docker reads tars by Go's archive/tar, and others pass
 * them on: what is not the same to all of them is not judged.
 */
export const odd = (why: string, at: number, entry?: string): Broken =>
  new Broken(`the header at byte ${at} is not read alike by all programs: ${why}`, entry)

/** An error of a stream as what it says of the tar; that of the operating system stays what it is. */
export function asBroken(error: unknown, entry: string | undefined): unknown {
  if (error instanceof Broken) return error.entry === undefined ? new Broken(error.message, entry) : error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = reasons[code] ?? (code.startsWith('ZSTD_error') ? reasons.Z_DATA_ERROR : undefined)
  return message === undefined ? error : new Broken(message, entry)
}

const reasons: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'the compressed data ends too early',
  Z_DATA_ERROR: 'the compressed data is damaged',
  ZSTD_error_srcSize_wrong: 'the compressed data ends too early',
}

/** What may still be read: a tar of a few kilobytes may unpack to anything. */
export interface Budget {
  /** Bytes after decompression. */
  bytes: number
  entries: number
  /** Bytes of contents that are kept. */
  kept: number
}

const mostKept = 128 * 1024 * 1024

/** The budget for a tar of at most `maxSize` bytes. */
export const budgetOf = (maxSize: number): Budget => ({ bytes: maxSize, entries: 1_000_000, kept: mostKept })

/** Takes `count` bytes of the budget. Throws `Broken`. */
export function spend(budget: Budget, count: number, entry?: string): void {
  budget.bytes -= count
  if (budget.bytes < 0) throw new Broken('it is larger than --max-size allows', entry)
}

/** Takes `size` bytes of what is kept. Throws `Broken`. */
export function keep(budget: Budget, size: number, entry: string): void {
  budget.kept -= size
  if (budget.kept < 0) throw new Broken('what is to be looked at in it is too large', entry)
}
