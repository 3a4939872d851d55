/** Programs whose first word that is no option is the user that the command runs as. */
const byWord = /^(gosu|su-exec|s6-setuidgid|setuidgid|su|runuser)$/

/** The option of a program that names the user. */
const byOption: Readonly<Record<string, RegExp>> = {
  setpriv: /^--(?:re|eu|ru)uid(?:=|$)/,
  chroot: /^--userspec(?:=|$)/,
  sudo: /^(?:-u|--user(?:=|$))/,
  doas: /^-u/,
  runuser: /^(?:-u|--user(?:=|$))/,
  chpst: /^-[uU]/,
}

/** Options of `su` and `runuser` whose value is the next word. */
const valued = /^(-[a-zA-Z]*[cgGsw]|--(command|session-command|shell|group|supp-group|whitelist-environment))$/

/**
 * Whether `argv`, a program called `name` that starts a command, runs that as another user than root: `gosu nobody`,
 * `setpriv --reuid=1000`. Yes where a user stands there that is not known.
 */
export function isOtherUser(name: string, argv: readonly (string | undefined)[]): boolean {
  const words = argv.slice(1)
  const option = byOption[name]
  const at = option ? words.findIndex((word) => option.test(word ?? '')) : -1
  const rest = option && words[at]?.replace(option, '')
  if (rest !== undefined) return isNotRoot(rest === '' ? words[at + 1] : rest)
  if (!byWord.test(name)) return false
  const first = words.findIndex((word, n) => !word?.startsWith('-') && !valued.test(words[n - 1] ?? ''))
  return first !== -1 && isNotRoot(words[first])
}

const isNotRoot = (user: string | undefined): boolean => !/^(root|0)(:|$)/.test(user ?? '')
