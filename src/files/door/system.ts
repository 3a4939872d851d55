import { statfsSync } from 'node:fs'

/** The magic numbers of file systems that the kernel makes up (statfs(2), and linux/magic.h). */
const madeUp: ReadonlySet<number> = new Set([
  0x9fa0, // proc
  0x62656572, // sysfs
  0x64626720, // debugfs
  0x74726163, // tracefs
  0x27e0eb, // cgroup
  0x63677270, // cgroup2
  0x73636673, // securityfs
  0x62656570, // configfs
  0xcafe4a11, // bpf
  0x6165676c, // pstore
  0x1cd1, // devpts
  0x42494e4d, // binfmt_misc
  0xf97cff8c, // selinux
  0x43415d53, // smackfs
  0xde5e81e4, // efivarfs
  0x19800202, // mqueue
  0x65735543, // fusectl
  0x6e736673, // nsfs
])

const known = new Map<number, boolean>()

/** Whether what is at `path`, on the disk of number `device`, is made up by the kernel, such as all of /proc: no file is one. */
export function isOfTheSystem(path: string, device: number): boolean {
  const before = known.get(device)
  if (before !== undefined) return before
  let is = false
  try {
    is = madeUp.has(statfsSync(path).type >>> 0)
  } catch {
    // What cannot be asked, as on a disk of Windows, is no such system.
  }
  known.set(device, is)
  return is
}
