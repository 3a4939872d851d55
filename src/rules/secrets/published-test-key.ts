import { testKeysOf } from '../../model/facts/secrets/test-keys.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'published-test-key',
  gotcha: 'secrets',
  severity: 'info',
  preview: true,
  summary: 'production is given a key that its service publishes for tests',
  incident: 'A captcha lets everybody pass, and a payment takes no money.',
  remedy: 'Give the real key when the container starts, where production is to use the service',
  why: `Some services publish keys for tests and documentation (reCAPTCHA, hCaptcha, Turnstile, AWS, Azure), or hand out keys
that say so (\`sk_test_…\`). They open nothing, so they are no secrets, and no other rule reports them as such. They do nothing
in production either.`,
  links: ['https://developers.google.com/recaptcha/docs/faq', 'https://docs.stripe.com/keys'],
  examples: [
    {
      title: 'of a captcha',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, :captcha, module: Recaptcha`,
      bad: `
        -- config/config.exs: config :shop, :captcha, module: Recaptcha --
        config :shop, :captcha, secret: "6LeIxAcTAAAAAGG-vFI1TnRWxMZNFuojJ4WifJWe"
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'by how it begins',
      on: 'release',
      good: `
        -- Dockerfile: USER nobody --
        USER nobody
        ENV PAYMENTS=on`,
      bad: `
        -- Dockerfile: ENV PAYMENTS=on --
        ENV STRIPE_SECRET_KEY=sk_test_4eC39HqLyjWDarjtT1zdp7dc
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const { name, of, span } of testKeysOf(project))
      yield {
        message: of.startsWith('`')
          ? `production has a key for tests in \`${name}\`, as ${of} says: it is no secret`
          : `production has a key in \`${name}\` that ${of} publishes for tests: it is no secret`,
        span,
      }
  },
})
