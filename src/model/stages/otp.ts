import { imageNameOf } from './image-name.ts'

/** The OTP of the images `elixir:1.N`, over the years (erlef/docker-elixir). */
const ofElixir: Readonly<Record<string, readonly number[]>> = {
  8: [21, 22],
  9: [22],
  10: [22],
  11: [23],
  12: [23, 24],
  13: [24],
  14: [25, 26],
  15: [26],
  16: [26],
  17: [27],
  18: [27, 28],
  19: [28],
  20: [28, 29],
}

/** The major versions of Erlang/OTP that an image may have, by its name; none where the name does not say. */
export function otpOfImage(image: string): readonly number[] {
  const { repository, tag } = imageNameOf(image)
  return otpOf(repository, tag)
}

/** The same of a repository and a tag. */
export function otpOf(repository: string, tag: string): readonly number[] {
  const name = repository.replace(/^hexpm\/(elixir|erlang)(-\w+)?$/, '$1')
  if (name === 'erlang') return numbers(/^(\d+)/.exec(tag)?.[1])
  if (name !== 'elixir') return []
  const written = /(?:^|-)(?:otp|erlang)-(\d+)/.exec(tag)?.[1]
  return written === undefined ? (ofElixir[/^v?1\.(\d+)/.exec(tag)?.[1] ?? ''] ?? []) : numbers(written)
}

const numbers = (text: string | undefined): readonly number[] => (text === undefined ? [] : [Number(text)])
