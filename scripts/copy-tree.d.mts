/** The folder of a copy of the checkout, which the caller removes. */
export function copyTree(): string
