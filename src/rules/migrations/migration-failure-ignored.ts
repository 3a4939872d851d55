import { wordsOf } from '../../model/facts/assets.ts'
import { migrates } from '../../model/stage-files/migrating.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { isWithin, type Span, span, textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'migration-failure-ignored',
  gotcha: 'migrations',
  severity: 'warning',
  ofImages: true,
  fix: 'safe',
  noFix: 'the script deals with the failure in a way of its own',
  summary: 'the app starts although its migration has failed',
  incident:
    'A migration fails, the deploy counts as done, and the new version answers with errors on the tables of the old one.',
  remedy: 'Let the script stop where the migration fails: `set -e` at its top, or `&&` in place of `;`',
  why: `A shell goes on to the next command whatever became of the one before. Where the migration fails, by a lock, a column
that is there already or a database that is not up yet, the app starts all the same. With \`set -e\` or \`&&\` the container
stops instead, and the old version keeps running until somebody has looked.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html#ecto-migrations-and-custom-commands',
    'https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#set',
  ],
  examples: [
    {
      title: 'a script without `set -e`',
      on: 'repo',
      good: `
        -- Dockerfile: USER nobody --
        COPY --chmod=755 docker/entrypoint.sh /entrypoint.sh
        USER nobody
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENTRYPOINT ["/entrypoint.sh"]
        CMD ["/app/bin/shop", "start"]
        -- docker/entrypoint.sh --
        #!/bin/sh
        set -e
        /app/bin/migrate
        exec "$@"`,
      bad: `
        -- docker/entrypoint.sh: set -e --
        -- docker/entrypoint.sh: /app/bin/migrate --
        /app/bin/migrate
        ^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a semicolon',
      on: 'repo',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/shop start"]`,
      bad: `
        -- Dockerfile: CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/shop start"] --
        CMD ["/bin/sh", "-c", "/app/bin/migrate; exec /app/bin/shop start"]
                               ^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check({ deployments }) {
    for (const { server, start, runs } of deployments) {
      if (server === undefined || server.isPassedBy) continue
      const found = start.find((step) => {
        const canRun = step.command.kind !== 'mix' || runs === 'mix'
        return canRun && !step.isPassedBy && step.id < server.id && isIgnored(step, server)
      })
      const ignored = found?.ignored ?? found?.span
      if (!found || !ignored) continue
      // A text into which something was put has no places of its own.
      const isWhole = [server, ...server.via].some((one) => isWithin(one.span, ignored))
      const place = isWhole ? ignored : wordsIn(ignored)
      const called = isWhole ? 'the migration before it' : `\`${wordsOf({ span: place })}\``
      const isBeside = /^\s*&(?!&)/.test(behind(place))
      const inner = found.via.filter(({ span }) => !isWithin(span, ignored) && !isWithin(ignored, span))
      yield {
        message: isBeside
          ? `the app starts beside ${called}, and whatever becomes of it`
          : `the app starts although ${called} has failed`,
        span: place,
        ...(isBeside ? { remedy: 'Let the migration end before the app starts: `&&` in place of `&`' } : {}),
        ...(isExcused(place) ? { remedy: 'Write `|| exit 1` in place of what goes on after a failure' } : {}),
        related: [...inner, { span: server.written ?? server.span, text: 'the app is started here' }],
        fixes: isWhole ? [] : stopping(place),
        ...(found.runs === 'always' && server.runs === 'always' ? {} : { certainty: 'likely' }),
      }
    }
  },
})

/** Whether something is done in place of a migration that fails, so that `set -e` does not see it. */
const isExcused = (at: Span): boolean => /^[^\n;&|]*\|\|/.test(behind(at))

/** Whether a step migrates and nothing asks how that went before the server starts. */
function isIgnored(step: Step, server: Step): boolean {
  const { ignored = step.span, mayFail, command } = step
  if (!mayFail || !migrates(step) || (command.kind === 'mix' && command.task === 'ecto.create')) return false
  if (server.guards.some((guard) => isWithin(ignored, guard.span))) return false
  const { text } = ignored.source
  if (/\$\?|PIPESTATUS|^\s*trap\b.*\bERR\b/m.test(text)) return false
  if (/^\s*(?:&&|;?\s*then\b(?:(?!\b(?:fi|else|elif)\b)[\s\S])*?)\s*break\b/.test(text.slice(ignored.end))) return false
  const starts = [server.span, ...server.via.map((label) => label.span), ...(server.written ? [server.written] : [])]
  const next = starts.filter((one) => one.source === ignored.source && one.start >= ignored.end)
  return !next.some((one) => /^[^;|\n&]*(&&[^;|\n&]*)+$/.test(text.slice(ignored.end, one.start).replace(/\\\n/g, ' ')))
}

/** The words of a command, without what it sets and where it writes to. */
function wordsIn(at: Span): Span {
  const rest = /\s*(?:\d?>|<).*$/s.exec(textOf(at))
  return rest && rest.index > 0 ? span(at.source, at.start, at.start + rest.index) : at
}

const behind = ({ source, end }: Span): string => source.text.slice(end, end + 200)

/** The fix that stops where the command fails, whatever the script does besides. */
function stopping(at: Span): readonly Fix[] {
  const title = 'Stop where the migration fails'
  const before = at.source.text.slice(Math.max(0, at.start - 200), at.start)
  if (/(?:^|[\s;"'])(?:(?:if|elif|while|until)\s[^\n;]*|!\s*)$/.test(before)) return []
  const semicolon = /^[^\S\n]*;(?!;)[^\S\n]*(?![})]|(?:fi|done|esac|else|then)\b)(?=[^\s;]+)(?=[^;\n]*(?:\n|$))/.exec(
    behind(at),
  )
  if (semicolon) {
    const edit = { span: span(at.source, at.end, at.end + semicolon[0].length), text: ' && ' }
    return [{ title, safety: 'safe', edits: [edit] }]
  }
  const written = /^(?:[^\S\n]*(?:\d?>>?|\d>&|&>>?)[^\S\n]*&?[\w./-]+)*(?=[^\S\n]*(?:[\n;]|$))/.exec(behind(at))
  if (!written) return []
  const end = at.end + written[0].length
  return [{ title, safety: 'safe', edits: [{ span: span(at.source, end, end), text: ' || exit 1' }] }]
}
