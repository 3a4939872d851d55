const alias = 'Elixir.'

/** Whether an atom, by its name as in Erlang, is that of a module with a name in capitals. */
export const isAlias = (atom: string): boolean => atom.startsWith(alias)

/** A module as code names it: `MyApp.Repo` for the atom `Elixir.MyApp.Repo`; any other atom stays as it is. */
export const moduleName = (atom: string): string => (isAlias(atom) ? atom.slice(alias.length) : atom)

/** A module as a call names it: as `moduleName`, Erlang's with their colon. */
export const calledName = (atom: string): string => (isAlias(atom) ? moduleName(atom) : `:${atom}`)

/** A name with a capital letter at its beginning, as those of modules have. */
export const capitalized = (name: string): string => name.replace(/^./, (letter) => letter.toUpperCase())
