/** Flags of hadolint that are none of ours, and what to do instead. */
const ofHadolint: ReadonlyMap<string, string> = new Map([
  ['trusted-registry', 'nothing here asks for it, leave it out'],
  ['require-label', 'nothing here asks for it, leave it out'],
  ['strict-labels', 'nothing here asks for it, leave it out'],
  ['disable-ignore-pragma', '`--no-ignores` reports what comments, settings and the baseline keep quiet'],
  ['file-path-in-report', '`--stdin-filename` names the text of the standard input'],
])

/** Why a flag that people know from elsewhere is not there; undefined where nobody knows it. */
export function foreignFlag(name: string): string | undefined {
  const instead = ofHadolint.get(name)
  return instead === undefined ? undefined : `\`--${name}\` is a flag of hadolint: ${instead}`
}
