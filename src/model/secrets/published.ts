/** Keys that open nothing, since their services publish them for tests and in their documentation, and whose each is. */
export const publishedKeys: ReadonlyMap<string, string> = new Map([
  ['6LeIxAcTAAAAAGG-vFI1TnRWxMZNFuojJ4WifJWe', 'reCAPTCHA'],
  ['6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI', 'reCAPTCHA'],
  ['0x0000000000000000000000000000000000000000', 'hCaptcha'],
  ['10000000-ffff-ffff-ffff-000000000001', 'hCaptcha'],
  ['1x00000000000000000000AA', 'Turnstile'],
  ['2x00000000000000000000AB', 'Turnstile'],
  ['3x00000000000000000000FF', 'Turnstile'],
  ['1x0000000000000000000000000000000AA', 'Turnstile'],
  ['2x0000000000000000000000000000000AA', 'Turnstile'],
  ['3x0000000000000000000000000000000AA', 'Turnstile'],
  ['AKIAIOSFODNN7EXAMPLE', 'AWS'],
  ['AKIAI44QH8DHBEXAMPLE', 'AWS'],
  ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'AWS'],
  ['je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY', 'AWS'],
  ['Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==', 'Azure'],
  ['C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==', 'Azure'],
])

/** How keys begin that say themselves that they are for tests: those of Stripe and its like, EasyPost, Flutterwave. */
const begins = /^((sk|rk|pk)_test_|(whsec|shippo|duffel)_test_|EZTK|FLWSECK_TEST-)/

/** Whose key for tests a text is: a service by its name, or how the key begins (`sk_test_…`); undefined where it is none. */
export function publisherOf(text: string): string | undefined {
  const [form] = begins.exec(text) ?? []
  return publishedKeys.get(text) ?? (form && `\`${form}…\``)
}
