import type { SavedImage } from '../files/image/types.ts'
import type { Image } from '../model/image/image.ts'
import { systemOf } from '../model/image/system.ts'
import { visible } from './terminal/cells.ts'
import { counted } from './terminal/place.ts'

/** What people call an image: its first tag, else the beginning of the digest of its last layer. */
export const nameOfImage = ({ names, layers }: SavedImage): string =>
  names[0] ??
  (layers
    .at(-1)
    ?.digest.replace(/^sha256:/, '')
    .slice(0, 12) ||
    'image')

/** What was read of an image, in two lines: the image and its system, the release in it. */
export function describeImage(image: Image): string {
  const { saved, release } = image
  const system = systemOf(saved)
  const names = saved.names.length > 0 ? saved.names.join(', ') : 'an image without a name'
  const facts = [saved.platform, counted(saved.layers.length, 'layer'), system].filter((fact) => fact !== undefined)
  return [`${names} (${facts.join(', ')})`, ...(release ? releaseLines(image) : [mixLine(image)])]
    .map((line) => visible(line))
    .join('\n')
}

function releaseLines({ release, releases }: Image): readonly string[] {
  if (release === undefined) return []
  const { name, version, root, erts, apps } = release
  const elixir = apps.get('elixir')
  const phoenix = apps.get('phoenix')
  const on = [
    ...(elixir ? [`Elixir ${elixir}`] : []),
    ...(phoenix ? [`Phoenix ${phoenix}`] : []),
    `ERTS ${erts}${otpOf(erts)}`,
  ]
  const others = releases.filter((one) => one !== release).map((one) => one.root)
  return [
    `  release ${name} ${version} in ${root}: ${on.join(', ')}`,
    ...(others.length > 0 ? [`  other releases in it: ${others.join(', ')}`] : []),
  ]
}

/** ERTS 14 is that of OTP 26, and so on. */
function otpOf(erts: string): string {
  const major = Number.parseInt(erts, 10)
  return major >= 10 ? ` (OTP ${major + 12})` : ''
}

const mixLine = ({ deployment }: Image): string =>
  deployment.runs === 'mix'
    ? '  no release: Mix runs the app'
    : '  no release of Elixir: only its config, history and secrets are checked'
