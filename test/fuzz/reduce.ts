import type { Input } from './target.ts'

/** An input, and why it breaks a law. */
interface Broken {
  readonly input: Input
  readonly reason: string
}

const mostTries = 600
const longest = 30_000

/** An input that breaks a law, without the files, lines and characters that it breaks it without. */
export async function reduced(input: Input, obey: (input: Input) => Promise<void>): Promise<Broken> {
  const end = Date.now() + longest
  let tries = mostTries
  const reasonOf = (files: Input['files']) =>
    obey({ ...input, files }).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    )
  let files = input.files
  let reason = (await reasonOf(files)) ?? 'it does so no more'
  const kind = kindOf(reason)
  const fails = async (smaller: Input['files']) => {
    tries -= 1
    const found = tries < 0 || Date.now() > end ? undefined : await reasonOf(smaller)
    if (found === undefined || kindOf(found) !== kind) return false
    files = smaller
    reason = found
    return true
  }
  for (const path of Object.keys(files)) {
    const { [path]: _, ...others } = files
    await fails(others)
  }
  for (const [path, content] of Object.entries(files)) {
    if (typeof content !== 'string') continue
    for (const split of [/(?<=\n)/, /(?=[^\w.-])|(?<=[^\w.-])/, '']) {
      const text = String(files[path])
      await withoutParts(text.split(split), (parts) => fails({ ...files, [path]: parts.join('') }))
    }
  }
  return { input: { ...input, files }, reason }
}

/** The first line of a reason without its numbers. */
const kindOf = (reason: string): string => (reason.split('\n')[0] ?? '').replace(/\d+/g, '0').slice(0, 60)

/** Leaves out parts as long as it `fails` without them: halves first, single ones last. */
async function withoutParts(
  all: readonly string[],
  fails: (parts: readonly string[]) => Promise<boolean>,
): Promise<void> {
  let parts = all
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < parts.length; ) {
      const fewer = [...parts.slice(0, at), ...parts.slice(at + size)]
      if (await fails(fewer)) parts = fewer
      else at += size
    }
  }
}
