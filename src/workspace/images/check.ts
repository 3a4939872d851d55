import { judgeImage, openImage } from '../../analyze-image.ts'
import type { SavedImage } from '../../files/image/types.ts'
import { joinShown, type Said, type Shown, showFindings } from '../../masking/shown.ts'
import { describeImage, nameOfImage } from '../../report/image.ts'
import type { Settings } from '../../settings/settings.ts'
import { doorOf } from '../../cli/call/outside.ts'
import type { Call } from '../../cli/call/flags.ts'
import type { Io } from '../../cli/io/io.ts'
import { rebase } from '../rebase.ts'
import { openSettings } from '../settings.ts'
import { compareWith } from './against.ts'
import { openImages } from './open.ts'

/** What a call has found in the images of a file. */
export type CheckedImages =
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'unreadable'; readonly message: string }
  | {
      readonly kind: 'checked'
      readonly analysis: Shown<Said>
      /** What was looked at, for people. */
      readonly header: string
      readonly settings: Settings
    }

/** Checks every image of a file that the call asks for, by the settings of the working directory. */
export async function checkImages(name: string, call: Call, io: Io): Promise<CheckedImages> {
  // The settings are those of the working directory, whatever the image is called.
  const door = await doorOf(['.', name], call, io)
  const found = openSettings(io.cwd, io.cwd, call, io, door)
  if (found.kind === 'wrong') return found
  const { settings } = found
  const opened = await openImages(name, call, io, door)
  if (opened.kind !== 'images') return opened
  const sources = call.one('against')
  const compare = sources === undefined ? undefined : await compareWith(sources, call, io)
  if (compare !== undefined && compare.kind !== 'comparison') return compare
  const analyses: Shown<Said>[] = []
  const headers: string[] = []
  for (const saved of opened.images) {
    const image = await openImage(saved)
    const own = judgeImage(image, { ...askedBy(call), settings })
    const whole = compare ? compare.add(image, own) : own
    const shown = showFindings(whole, whole.masking)
    analyses.push(opened.images.length > 1 ? named(shown, saved) : shown)
    headers.push(whole.masking.text(describeImage(image)))
  }
  return { kind: 'checked', analysis: joinShown(analyses), header: headers.join('\n'), settings }
}

const askedBy = (call: Call) => ({
  ignore: call.all('ignore'),
  ...(call.has('rule') ? { rules: call.all('rule') } : {}),
  preview: call.has('preview'),
})

/** The paths with the name of the image in front, where there are several. */
const named = (analysis: Shown<Said>, saved: SavedImage): Shown<Said> =>
  rebase(analysis, (path) => `${nameOfImage(saved)}: ${path}`)
