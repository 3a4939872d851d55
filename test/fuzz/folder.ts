import { rmSync } from 'node:fs'
import { newFolder } from '../cli/ran.ts'
import type { Input } from './target.ts'

/** What `use` gives of a folder with these files, which is gone afterwards. */
export async function inFolder<T>(files: Input['files'], use: (folder: string) => Promise<T>): Promise<T> {
  const folder = newFolder(files)
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
