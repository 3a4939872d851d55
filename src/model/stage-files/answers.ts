import type { StageFiles } from './types.ts'

/** What was answered about the files of stages, by question. */
export type Answers<T> = Pick<WeakMap<StageFiles, Map<string, T>>, 'get' | 'set'>

/** The answer to a question about `files`, worked out the first time. */
export function answerOnce<T>(answers: Answers<T>, files: StageFiles, question: string, workOut: () => T): T {
  const known = answers.get(files)
  const answer = known?.get(question)
  if (answer !== undefined) return answer
  const found = workOut()
  const there = answers.get(files) ?? new Map<string, T>()
  answers.set(files, there.set(question, found))
  return found
}
