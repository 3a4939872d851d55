/** Words that are no name of a variable. */
export const reserved: ReadonlySet<string> = new Set('do end fn after else rescue catch and or not in when'.split(' '))
