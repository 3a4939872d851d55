/** `; did you mean X?` where there is something near. */
export const meant = (near: string | undefined): string => (near === undefined ? '' : `; did you mean \`${near}\`?`)
