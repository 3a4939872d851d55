import type { Stage } from '../languages/dockerfile/types.ts'

const development =
  /(^|[^a-z])(dev|devel|development|devcontainer|local|test|tests|testing|ci|e2e|cypress|playwright|debug|docs?|example|examples)([^a-z]|$)/i

/** Why a path, stage or profile is not for production: the word in it that says so; undefined where none does. */
export const developmentWord = (name: string): string | undefined => development.exec(name)?.[2]

/** The stage that ships where nobody names a target: the last one that is not for development or tests. */
export function shippingStage(stages: readonly Stage[]): Stage | undefined {
  return (
    stages.findLast((stage) => stage.name === undefined || developmentWord(stage.name) === undefined) ?? stages.at(-1)
  )
}
