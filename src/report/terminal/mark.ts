import type { Paint } from './colour.ts'

/** A range of a text that is marked, and what is said of it. */
export interface Mark {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Drawn with carets; the others with dashes. */
  readonly primary: boolean
  readonly paint: (text: string) => string
}

/** A mark and the lines, from 0, on which it begins and ends. */
export interface PlacedMark extends Mark {
  readonly first: number
  readonly last: number
}

/** What all the frames of a finding share. */
export interface FrameStyle {
  readonly paint: Paint
  /** Columns of the terminal. */
  readonly width: number
  /** Columns of the line numbers. */
  readonly gutter: number
}
