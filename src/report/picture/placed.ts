import type { Box } from '../graph/box.ts'
import type { Arrow } from '../graph/boxes.ts'

/** Sizes of the picture in pixels; `character` is the width of one in the font. */
export const sizes = { character: 7.23, font: 12, line: 20, head: 46, pad: 10, lanes: 40, number: 8, rim: 5 } as const

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where a box is, from its upper left corner. */
export interface PlacedBox extends Point {
  readonly box: Box
  readonly width: number
  readonly height: number
}

/** The way of an arrow: the first point, then three for each Bézier curve; the last one is its tip. */
export interface PlacedArrow {
  readonly arrow: Arrow
  readonly points: readonly Point[]
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly PlacedBox[]
  readonly arrows: readonly PlacedArrow[]
}

/** A box that has its size and no place. */
export type SizedBox = Omit<PlacedBox, 'x' | 'y'>
