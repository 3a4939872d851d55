import fs, { type Stats } from 'node:fs'
import { codeOf } from '../reason.ts'

/** What writing asks of a disk; a test hands in one that fails. */
export type WritingDisk = Pick<
  typeof fs,
  | 'accessSync'
  | 'closeSync'
  | 'copyFileSync'
  | 'fchmodSync'
  | 'fchownSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'linkSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readlinkSync'
  | 'realpathSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'statSync'
  | 'symlinkSync'
  | 'writeFileSync'
>

/** The disk of this machine. */
export const ownDisk: WritingDisk = fs

/** What is at `path`, a link that leads nowhere among it; undefined where nothing is. Fails as the disk does. */
export function lookAt(path: string, disk: WritingDisk): Stats | undefined {
  try {
    return disk.lstatSync(path)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined
    throw error
  }
}
