import { homedir } from 'node:os'

/** The folder of the user: what `HOME` says, else the system. */
export const homeOf = ({ HOME }: Readonly<Record<string, string | undefined>>): string => HOME ?? homedir()
