import { judgeImage, openImage } from '../../analyze-image.ts'
import { joinShown, type Said, type Shown, showFindings } from '../../masking/shown.ts'
import { lookedOfImage } from '../../model/image/looked.ts'
import { describeImage, nameOfImage } from '../../report/image.ts'
import { imageDiffers } from '../../settings/ids.ts'
import { fails, thresholdOf } from '../../settings/policy.ts'
import type { Checked, CheckOptions } from '../check.ts'
import { rebase } from '../rebase.ts'
import { withDifferences } from './against.ts'
import type { OpenImages } from './open.ts'

/** What was found in images. */
export interface CheckedImages extends Checked {
  /** What was looked at, for people: some lines an image. */
  readonly about: string
}

/**
 * Asks the rules about images, and where there are sources what differs from them. A path in the findings is one in the
 * image; where there are several images, with the name of its own in front.
 *
 * @example
 * const { analysis, about } = await checkImages(images)
 * console.log(`${about}\n\n${reportText(reportOf(analysis))}`)
 */
export async function checkImages(
  { images, settings, against }: OpenImages,
  { failOn, noIgnores: _, ...asked }: CheckOptions = {},
): Promise<CheckedImages> {
  const analyses: Shown<Said>[] = []
  const about: string[] = []
  const isCompared = against !== undefined && !asked.ignore?.includes(imageDiffers)
  for (const saved of images) {
    const image = await openImage(saved)
    const own = judgeImage(image, { ...asked, settings })
    const compared = isCompared ? withDifferences(image, own, against) : own
    const whole = { ...compared, looked: lookedOfImage(image, nameOfImage(saved)) }
    const shown = showFindings(whole, whole.masking)
    // The paths with the name of the image in front, where there are several.
    analyses.push(images.length > 1 ? rebase(shown, (path) => `${nameOfImage(saved)}: ${path}`) : shown)
    about.push(whole.masking.text(describeImage(image)))
  }
  const analysis = joinShown(analyses)
  const threshold = thresholdOf(settings, failOn)
  return {
    analysis,
    about: about.join('\n'),
    fails: analysis.diagnostics.some((one) => fails(one, threshold)),
    unseen: false,
    gone: [],
  }
}
