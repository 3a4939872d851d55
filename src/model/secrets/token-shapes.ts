/** How the tokens of a service look. */
export interface TokenShape {
  /** Whose they are, as a sentence says it: "a token of GitHub". */
  readonly of: string
  /** How each of them begins. */
  readonly begins: string
  /** The rest, as the source of an expression. */
  readonly rest: string
  /** Where the form is published. */
  readonly source: 'gitleaks' | 'detect-secrets' | 'vendor'
  /** The rest of one that was made up. */
  readonly example: string
  /** A rest that makes none: too short, or of other characters. */
  readonly counter: string
}

const shape = (
  of: string,
  begins: string,
  rest: string,
  source: TokenShape['source'],
  example: string,
  counter: string,
): TokenShape => ({ of, begins, rest, source, example, counter })

const letters = 'q8Zr5uYd9eJf3iMoNqBg7aXw1Kc4Ts6Vh2PlDbRz0Cy'
const digits = '9f3c1a7be05d42c8a6f1d93b7e20c45a8b1f6d3e9c07a254f8d6b3c1e9a07f52'
const short = 'q8Zr5u'
const capitals = '3IMONQ-BG7AX-W1KC4-TS6VH'
const long = `${digits}${digits}${digits}`.slice(0, 146)
const harness = `${letters.slice(0, 22)}.${letters.slice(0, 24)}.${letters.slice(0, 20)}`
const terraform = `${letters.slice(0, 14)}.atlasv1.${letters}${letters.slice(0, 20)}`

/**
 * The tokens that tell by their beginning whose they are, with the least length that the services document. A form that
 * is not in the rule lists of gitleaks or detect-secrets is that of the service's own documentation (`vendor`).
 * Published keys for tests, such as `sk_test_…`, and those that are meant for browsers, such as `pk_live_…`, are none.
 */
export const tokenShapes: readonly TokenShape[] = [
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((begins) =>
    shape('GitHub', begins, '[A-Za-z\\d]{30,}', 'gitleaks', letters.slice(0, 36), short),
  ),
  shape('GitHub', 'github_pat_', '\\w{36,}', 'gitleaks', `${letters}_${letters}`.slice(0, 82), short),
  ...['glpat-', 'glptt-', 'gldt-', 'glrt-', 'glft-', 'gloas-', 'glagent-', 'glsoat-', 'glcbt-'].map((begins) =>
    shape('GitLab', begins, '[\\w-]{18,}', 'gitleaks', letters.slice(0, 20), short),
  ),
  shape('Docker Hub', 'dckr_pat_', '[\\w-]{20,}', 'vendor', letters.slice(0, 27), short),
  shape('Docker Hub', 'dckr_oat_', '[\\w-]{20,}', 'vendor', letters.slice(0, 32), short),
  shape('Fly.io', 'fm2_', '[\\w+/-]{40,}={0,3}', 'gitleaks', `${letters}${letters}${letters}`, letters.slice(0, 20)),
  shape('Fly.io', 'fm1r_', '[\\w+/-]{40,}={0,3}', 'gitleaks', `${letters}${letters}`, short),
  shape('Fly.io', 'fm1a_', '[\\w+/-]{40,}={0,3}', 'gitleaks', `${letters}${letters}`, short),
  shape('Fly.io', 'fo1_', '[\\w-]{40,}', 'gitleaks', letters, short),
  ...['sk_live_', 'rk_live_', 'sk_prod_', 'rk_prod_'].map((begins) =>
    shape('Stripe', begins, '[A-Za-z\\d]{10,}', 'gitleaks', letters.slice(0, 24), short),
  ),
  shape('Stripe', 'whsec_', '[A-Za-z\\d+/=]{20,}', 'vendor', letters.slice(0, 32), short),
  ...['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxo-'].map((begins) =>
    shape('Slack', begins, '[\\w-]{12,}', 'gitleaks', `4915820637-${letters.slice(0, 24)}`, short),
  ),
  shape('Slack', 'xapp-', '\\d-[\\w-]{12,}', 'gitleaks', `1-A0${letters.slice(0, 24)}`, letters),
  shape('Slack', 'https://hooks.slack.com/services/', '[A-Za-z\\d+/]{30,}', 'gitleaks', `T0AB/B0CD/${letters}`, short),
  shape(
    'Discord',
    'https://discord.com/api/webhooks/',
    '\\d{15,}/[\\w-]{40,}',
    'vendor',
    `${'172839405162738495'}/${letters}`,
    letters,
  ),
  shape('SendGrid', 'SG.', '[\\w-]{16,}(\\.[\\w-]{16,})?', 'gitleaks', `${letters.slice(0, 22)}.${letters}`, short),
  shape('Mailgun', 'key-', '[\\da-f]{32}', 'vendor', digits.slice(0, 32), letters),
  shape('Brevo', 'xkeysib-', '[\\da-f]{64}-[A-Za-z\\d]{16}', 'gitleaks', `${digits}-${letters.slice(0, 16)}`, digits),
  shape(
    'Resend',
    're_',
    '[A-Za-z\\d]{8}_[A-Za-z\\d]{20,}',
    'vendor',
    `${letters.slice(0, 8)}_${letters.slice(0, 24)}`,
    letters,
  ),
  shape('Twilio', 'SK', '[\\da-f]{32}', 'gitleaks', digits.slice(0, 32), letters),
  shape('DigitalOcean', 'dop_v1_', '[\\da-f]{40,}', 'gitleaks', digits, letters),
  shape('DigitalOcean', 'doo_v1_', '[\\da-f]{40,}', 'gitleaks', digits, letters),
  shape('DigitalOcean', 'dor_v1_', '[\\da-f]{40,}', 'gitleaks', digits, letters),
  shape('Heroku', 'HRKU-', '[\\w-]{36,}', 'gitleaks', `AA${letters}`, short),
  shape('Google', 'ya29.', '[\\w-]{20,}', 'vendor', letters, short),
  shape('Google', 'GOCSPX-', '[\\w-]{24,}', 'vendor', letters.slice(0, 28), short),
  ...['sk-ant-', 'sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-or-v1-'].map((begins) =>
    shape('an AI service', begins, '[\\w-]{30,}', 'gitleaks', `${letters}${letters}`, short),
  ),
  shape(
    'OpenAI',
    'sk-',
    '[A-Za-z\\d]{20}T3BlbkFJ[A-Za-z\\d]{20}',
    'gitleaks',
    `${letters.slice(0, 20)}T3BlbkFJ${letters.slice(0, 20)}`,
    letters,
  ),
  shape('Perplexity', 'pplx-', '[A-Za-z\\d]{40,}', 'gitleaks', `${letters}${short}`, short),
  shape('Hugging Face', 'hf_', '[A-Za-z\\d]{30,}', 'gitleaks', letters.slice(0, 34), short),
  shape('Hugging Face', 'api_org_', '[A-Za-z\\d]{30,}', 'gitleaks', letters.slice(0, 34), short),
  shape('npm', 'npm_', '[A-Za-z\\d]{30,}', 'gitleaks', letters.slice(0, 36), short),
  shape('PyPI', 'pypi-AgEIcHlwaS5vcmc', '[\\w-]{50,}', 'gitleaks', `${letters}${letters}`, short),
  shape('RubyGems', 'rubygems_', '[\\da-f]{48}', 'gitleaks', digits.slice(0, 48), letters),
  shape('Shopify', 'shpat_', '[\\da-fA-F]{32}', 'gitleaks', digits.slice(0, 32), letters),
  shape('Shopify', 'shpca_', '[\\da-fA-F]{32}', 'gitleaks', digits.slice(0, 32), letters),
  shape('Shopify', 'shppa_', '[\\da-fA-F]{32}', 'gitleaks', digits.slice(0, 32), letters),
  shape('Shopify', 'shpss_', '[\\da-fA-F]{32}', 'gitleaks', digits.slice(0, 32), letters),
  shape('Square', 'sq0atp-', '[\\w-]{20,}', 'gitleaks', letters.slice(0, 22), short),
  shape('Square', 'sq0csp-', '[\\w-]{40,}', 'detect-secrets', letters, short),
  shape('Sentry', 'sntrys_', '[\\w+/=]{40,}', 'gitleaks', `eyJpYXQiO${letters}`, short),
  shape('Sentry', 'sntryu_', '[\\da-f]{64}', 'gitleaks', digits, letters),
  shape(
    'Grafana',
    'glsa_',
    '[A-Za-z\\d]{32}_[\\da-fA-F]{8}',
    'gitleaks',
    `${letters.slice(0, 32)}_${digits.slice(0, 8)}`,
    letters,
  ),
  shape('Grafana', 'glc_', '[A-Za-z\\d+/]{32,}={0,3}', 'gitleaks', letters, short),
  shape('Linear', 'lin_api_', '[A-Za-z\\d]{40}', 'gitleaks', letters.slice(0, 40), short),
  shape('Notion', 'ntn_', '\\d{11}[A-Za-z\\d]{35}', 'gitleaks', `49158206372${letters.slice(0, 35)}`, letters),
  shape('Airtable', 'pat', '[A-Za-z\\d]{14}\\.[\\da-f]{64}', 'gitleaks', `${letters.slice(0, 14)}.${digits}`, letters),
  shape('Databricks', 'dapi', '[\\da-f]{32}', 'gitleaks', digits.slice(0, 32), letters),
  shape('Doppler', 'dp.', '(pt|st|ct|sa|scim|audit)\\.[\\w.-]{40,}', 'gitleaks', `pt.${letters}`, letters),
  shape('HashiCorp Vault', 'hvs.', '[\\w-]{24,}', 'gitleaks', letters, short),
  shape('HashiCorp Vault', 'hvb.', '[\\w-]{60,}', 'gitleaks', `${letters}${letters}`, letters.slice(0, 20)),
  shape(
    'Postman',
    'PMAK-',
    '[\\da-f]{24}-[\\da-f]{34}',
    'gitleaks',
    `${digits.slice(0, 24)}-${digits.slice(0, 34)}`,
    digits,
  ),
  shape('Pulumi', 'pul-', '[\\da-f]{40}', 'gitleaks', digits.slice(0, 40), letters),
  shape('PlanetScale', 'pscale_tkn_', '[\\w=.-]{32,}', 'gitleaks', letters, short),
  shape('PlanetScale', 'pscale_pw_', '[\\w=.-]{32,}', 'gitleaks', letters, short),
  shape('Supabase', 'sbp_', '[\\da-f]{40}', 'vendor', digits.slice(0, 40), letters),
  shape('Supabase', 'sb_secret_', '[\\w-]{20,}', 'vendor', letters, short),
  shape(
    'Dynatrace',
    'dt0c01.',
    '[A-Za-z\\d]{24}\\.[A-Za-z\\d]{64}',
    'gitleaks',
    `${letters.slice(0, 24)}.${digits}`,
    letters,
  ),
  shape('Infracost', 'ico-', '[A-Za-z\\d]{32}', 'gitleaks', letters.slice(0, 32), short),
  shape('1Password', 'ops_eyJ', '[\\w+/-]{100,}={0,3}', 'gitleaks', `${letters}${letters}${letters}`, letters),
  shape(
    'age',
    'AGE-SECRET-KEY-1',
    '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
    'gitleaks',
    'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE',
    letters,
  ),
  shape(
    '1Password',
    'A3-',
    '[A-Z\\d]{6}-[A-Z\\d]{6}-?[A-Z\\d]{5}(-[A-Z\\d]{5}){3}',
    'gitleaks',
    `Q8ZR5U-YD9EJ${capitals}`,
    short,
  ),
  shape('Adobe', 'p8e-', '[A-Za-z\\d]{32}', 'gitleaks', letters.slice(0, 32), short),
  shape('Amazon Bedrock', 'ABSK', '[A-Za-z\\d+/]{100,}={0,2}', 'gitleaks', `${letters}${letters}${letters}`, letters),
  shape('Artifactory', 'AKCp', '[A-Za-z\\d]{69}', 'gitleaks', `${letters}${letters}`.slice(0, 69), letters),
  shape('Artifactory', 'cmVmd', '[A-Za-z\\d]{59}', 'gitleaks', `${letters}${letters}`.slice(0, 59), letters),
  shape('Azure', '', '[\\w.~]{3}\\dQ~[\\w.~-]{31,34}', 'gitleaks', `q8Z5Q~${letters.slice(0, 34)}`, letters),
  shape('ClickHouse', '4b1d', '[A-Za-z\\d]{38}', 'gitleaks', letters.slice(0, 38), short),
  shape('Clojars', 'CLOJARS_', '[a-z\\d]{60}', 'gitleaks', digits.slice(0, 60), short),
  shape('Cloudflare', 'v1.0-', '[\\da-f]{24}-[\\da-f]{146}', 'gitleaks', `${digits.slice(0, 24)}-${long}`, digits),
  shape('Duffel', 'duffel_live_', '[\\w=-]{43}', 'gitleaks', letters, short),
  shape('EasyPost', 'EZAK', '[A-Za-z\\d]{54}', 'gitleaks', `${letters}${letters}`.slice(0, 54), short),
  ...['EAAM', 'EAAC'].map((begins) =>
    shape('Facebook', begins, '[A-Za-z\\d]{100,}', 'gitleaks', `${letters}${letters}${letters}`, letters),
  ),
  shape('Square', 'EAAA', '[\\w-]{40,60}', 'gitleaks', letters, short),
  shape('Frame.io', 'fio-u-', '[\\w=-]{64}', 'gitleaks', digits, short),
  shape('GitLab', 'glffct-', '[\\w-]{20}', 'gitleaks', letters.slice(0, 20), short),
  shape('GitLab', 'glimt-', '[\\w-]{25}', 'gitleaks', letters.slice(0, 25), short),
  shape('GitLab', 'GR1348941', '[\\w-]{20}', 'gitleaks', letters.slice(0, 20), short),
  shape('Grafana', 'eyJrIjoi', '[A-Za-z\\d+/]{70,}={0,3}', 'gitleaks', `${letters}${letters}`, letters),
  ...['pat.', 'sat.'].map((begins) =>
    shape('Harness', begins, '[\\w-]{22}\\.[A-Za-z\\d]{24}\\.[A-Za-z\\d]{20}', 'gitleaks', harness, letters),
  ),
  shape('HashiCorp Terraform', '', '[A-Za-z\\d]{14}\\.atlasv1\\.[\\w=-]{60,70}', 'gitleaks', terraform, letters),
  shape(
    'Mailchimp',
    '',
    '[\\da-f]{32}-us\\d{1,2}',
    'detect-secrets',
    `${digits.slice(0, 32)}-us14`,
    digits.slice(0, 32),
  ),
  shape('MaxMind', '', '[A-Za-z\\d]{6}_[A-Za-z\\d]{29}_mmk', 'gitleaks', `q8Zr5u_${letters.slice(0, 29)}_mmk`, letters),
  shape(
    'Octopus Deploy',
    'API-',
    '[A-Z\\d]{26}',
    'gitleaks',
    `${capitals.replaceAll('-', '')}Q8ZR5UYD9E`.slice(0, 26),
    letters,
  ),
  shape('OpenShift', 'sha256~', '[\\w-]{43}', 'gitleaks', letters, short),
  shape('PlanetScale', 'pscale_oauth_', '[\\w=.-]{32,}', 'gitleaks', letters, short),
  shape('Prefect', 'pnu_', '[A-Za-z\\d]{36}', 'gitleaks', letters.slice(0, 36), short),
  shape('ReadMe', 'rdme_', '[a-z\\d]{70}', 'gitleaks', `${digits}${digits}`.slice(0, 70), digits),
  shape('Scalingo', 'tk-us-', '[\\w-]{48}', 'gitleaks', `${letters}${letters}`.slice(0, 48), short),
  ...['sm_aat_', 'sm_pat_', 'sm_sat_'].map((begins) =>
    shape('SettleMint', begins, '[A-Za-z\\d]{16}', 'gitleaks', letters.slice(0, 16), short),
  ),
  shape('Shippo', 'shippo_live_', '[\\da-fA-F]{40}', 'gitleaks', digits.slice(0, 40), letters),
  shape('Sourcegraph', 'sgp_', '(([\\da-f]{16}|local)_)?[\\da-f]{40}', 'gitleaks', digits.slice(0, 40), letters),
  shape('Telegram', '', '\\d{8,10}:AA[\\w-]{33}', 'detect-secrets', `4915820637:AA${letters.slice(0, 33)}`, letters),
]
