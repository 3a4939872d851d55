import type { Service } from './service.ts'

/** Services of one name in several stacks, with the file of theirs in what is said of them. */
export function toldApart(services: readonly Service[]): readonly Service[] {
  const ships = services.filter(({ platform, development }) => platform === undefined && development === undefined)
  const isTwice = ({ name, stack }: Service) => ships.some((other) => other.name === name && other.stack !== stack)
  return services.map((service) =>
    ships.includes(service) && isTwice(service)
      ? { ...service, subject: `${service.subject} of \`${service.stack}\`` }
      : service,
  )
}
