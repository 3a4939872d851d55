import type { Stage } from '../../languages/dockerfile/types.ts'
import type { Shipping } from './shipping.ts'

const development =
  /(^|[^a-z])(dev|devel|development|devcontainer|local|test|tests|testing|ci|gha|e2e|cypress|playwright|debug|docs?|example|examples)([^a-z]|$)/i

/** Why a path, stage or profile is not for production: the word in it that says so; undefined where none does. */
export const developmentWord = (name: string): string | undefined => development.exec(name)?.[2]

/** The word in the path of a file that says it is not for production, unless the user says what it is for. */
export const developmentWordOf = (path: string, shipping: Shipping | undefined): string | undefined =>
  shipping?.purposeOf(path) === undefined ? developmentWord(path) : undefined

/** Whether an environment of Mix is one of production: all but `dev` and `test` may be. */
export const isProduction = (mixEnv: string): boolean => mixEnv !== 'dev' && mixEnv !== 'test'

/** The stage that ships where nobody names a target: the user's, or the last one that is not for development or tests. */
export function shippingStage(stages: readonly Stage[], target?: string): Stage | undefined {
  return (
    (target === undefined ? undefined : stages.find((stage) => stage.name === target.toLowerCase())) ??
    stages.findLast((stage) => stage.name === undefined || developmentWord(stage.name) === undefined) ??
    stages.at(-1)
  )
}

/** Whether the path of a Dockerfile says that others build in its image. */
export const isForBuilds = (path: string): boolean => /[._-]build(er)?$/i.test(path)
