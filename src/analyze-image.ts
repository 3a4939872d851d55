import { type Analysis, type AnalyzeOptions, judge } from './analyze.ts'
import type { SavedImage } from './files/image/types.ts'
import type { Image } from './model/image/image.ts'
import { elixirOfImage, readImage } from './model/image/read.ts'
import type { Rule } from './rules/rule.ts'
import type { Finding } from './text/diagnostic.ts'

/**
 * Finds in a built image what will break in production, by the same rules as in the sources. Pure, as `analyze` is.
 *
 * @example
 * const read = await readImages(createReadStream('shop.tar'), wantedOfImage)
 * if (read.kind === 'images') for (const image of read.images) console.log(await analyzeImage(image))
 */
export async function analyzeImage(saved: SavedImage, options: AnalyzeOptions = {}): Promise<Analysis> {
  return judgeImage(await openImage(saved), options)
}

/** Puts the model of a saved image together; loads the Elixir grammar where there is a release in it. */
export async function openImage(saved: SavedImage): Promise<Image> {
  const wanted = elixirOfImage(saved)
  if (wanted.length === 0) return readImage(saved, [])
  const [{ loadElixir }, { parseElixir }] = await Promise.all([
    import('./languages/elixir/syntax/grammar.ts'),
    import('./languages/elixir/syntax/parse.ts'),
  ])
  await loadElixir()
  return readImage(saved, wanted.map(parseElixir))
}

/** Asks the rules about an image that has been read. */
export const judgeImage = (image: Image, options: AnalyzeOptions = {}): Analysis =>
  judge({ project: image.project, problems: image.problems }, options, (rule) => askOf(rule, image))

function* askOf(rule: Rule, image: Image): Iterable<Finding> {
  const found = [...(rule.ofImages ? rule.check(image.project) : []), ...(rule.checkImage?.(image) ?? [])]
  for (const finding of found) {
    // A layer is never mended: what the sources would be fixed by does not fit here.
    yield { ...finding, fixes: [], noFix: '' }
  }
}
