import { atomName, keywordGet } from '../../../languages/elixir/syntax/query.ts'
import type { Value } from '../../../languages/elixir/values/value.ts'
import type { Label } from '../../../text/diagnostic.ts'
import type { TrailLabel } from '../../../text/known.ts'
import { isWithin, type Span, textOf } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { type Fault, faultIn } from '../../boot/each-way.ts'
import { isScript, ownPlaces, placeOf, trailOf } from '../../boot/trail.ts'
import { only } from '../../outcome/aborts.ts'
import { agreedDatabase, type Database, databaseKeys, databaseOf, type Told } from '../../outcome/database.ts'
import { onEveryBranch } from '../../outcome/made.ts'
import { reposOf } from '../../outcome/repos.ts'
import type { Code } from '../../phoenix/code.ts'
import type { Project } from '../../project/project.ts'
import {
  type DatabaseServer,
  databaseServerOf,
  isKnownImage,
  type Protocol,
  protocolOf,
} from '../../services/database-server.ts'
import { type Peer, peerOf } from '../../services/peer.ts'
import type { Service } from '../../services/service.ts'
import { type Booted, bootsOf, likely } from '../boots.ts'

/** A repo of a service that runs the app, and the database that it connects to. */
export interface Connected {
  readonly booted: Booted
  readonly service: Service
  /** Without `Elixir.`. */
  readonly repo: string
  readonly database: Database
  /** Who answers to its host. */
  readonly peer: Peer
  /** The server that answers, as far as it is one that we know; undefined where it does not speak as the repo does. */
  readonly server: DatabaseServer | undefined
  /** What the repo's adapter speaks, and what the service at its host does, where that is something else. */
  readonly mismatch: Mismatch | undefined
  /** The places that a part of it comes from; the first one is where a person changes it. */
  readonly placesOf: (told: Told) => readonly [TrailLabel, ...TrailLabel[]] | undefined
  /** The places of a key of the repo's config; where one of them holds the text, it comes first. */
  readonly at: (key: string, text?: string) => readonly [TrailLabel, ...TrailLabel[]] | undefined
  /** The places of the value of a key that has a fault, of all that it may have, and how sure it is. */
  readonly faultAt: (key: string, isFault: (value: Value) => boolean) => FaultyKey | undefined
  readonly doubt: Booted['doubt']
}

export interface Mismatch {
  readonly adapter: Adapter
  readonly answers: Protocol
  readonly service: Service
  /** Whether more than the last part of its image's name says so. */
  readonly isSure: boolean
}

interface Adapter {
  readonly speaks: Protocol
  readonly span: Span
}

export interface FaultyKey {
  readonly places: readonly [TrailLabel, ...TrailLabel[]]
  readonly doubt: Fault['doubt']
}

/** What the repos of the services connect to, as far as it is the same on every way that their config may take. */
export const connectionsOf = (project: Project): readonly Connected[] =>
  bootsOf(project).flatMap((booted) => {
    const { deployment, boot, doubt } = booted
    const { service, app, code } = deployment
    if (service === undefined || app === undefined) return []
    return reposOf(boot.config, code, app).flatMap(({ otpApp, name, changesConfig }) => {
      const config = boot.at(otpApp, `Elixir.${name}`)
      if (config === undefined || !needsServer(code, name)) return []
      const outcomes = onEveryBranch(only(config, databaseKeys), (one) => databaseOf(one, boot.versions.locked('ecto')))
      const database = agreedDatabase(outcomes.flatMap((one) => (one.kind === 'made' && one.value) || []))
      if (database === undefined || outcomes.some((one) => one.kind !== 'made' || !one.value)) return []
      const host = database.hostname?.text
      const at = (key: string, text?: string) => {
        const value = boot.at(otpApp, `Elixir.${name}`, key)
        return value && inFront(trailOf(value), text)
      }
      const peer = host === undefined || servesBeside(deployment) ? outside : peerOf(host, service, project.services)
      const mismatch = mismatchOf(peer, adapterOf(code, name))
      return [
        {
          booted,
          service,
          repo: name,
          database,
          peer,
          server: peer.kind === 'service' && mismatch === undefined ? databaseServerOf(peer.service) : undefined,
          mismatch,
          placesOf: ({ key, text }) => at(key, text),
          at,
          faultAt: (key, isFault) => {
            const fault = faultIn(boot.at(otpApp, `Elixir.${name}`, key), isFault)
            const places = fault && inFront(trailOf(fault.value), undefined)
            return places && { places, doubt: fault.doubt }
          },
          doubt: changesConfig ? likely : doubt,
        },
      ]
    })
  })

const outside: Peer = { kind: 'outside' }

/** Whether the container starts other servers beside the app, or tunnels to some. */
export const servesBeside = ({ start, server, runs }: Deployment): boolean =>
  typeof runs !== 'string' || start.some((step) => step !== server && beside.test(textOf(step.span)))

const beside =
  /postgres|pg_ctl|mysqld|redis-server|pgbouncer|proxy|\bssh\b|autossh|socat|stunnel|tailscale|supervis|s6-|runsv|nginx|caddy|traefik|envoy/

/** Labels with the one in front at which a person changes the text. */
function inFront(
  labels: readonly TrailLabel[],
  text: string | undefined,
): readonly [TrailLabel, ...TrailLabel[]] | undefined {
  const own = ownPlaces(labels)
  const outside = own.filter(({ span }) => !isScript(span.source.path))
  const holds = ({ span }: Label) => text !== undefined && textOf(span).includes(text)
  const place = placeOf(labels)
  const first = outside.find(holds) ?? own.find((label) => own.some((one) => one === place) && holds(label)) ?? place
  /** What is put into another part of the same text. */
  const isBeside = (label: TrailLabel) =>
    first !== undefined && text !== undefined && isWithin(label.span, first.span) && !holds(label)
  return first && [first, ...labels.filter((label) => label !== first && !isBeside(label))]
}

/** Whether the adapter of a repo talks to a server that we know; it may where the repo is not in view. */
const needsServer = (code: Code, name: string): boolean =>
  code.module(name)?.uses.every(({ module }) => module !== 'Ecto.Repo') !== false || adapterOf(code, name) !== undefined

const spoken: Readonly<Record<string, Protocol>> = {
  Postgres: 'Postgres',
  MyXQL: 'MySQL',
  MySQL: 'MySQL',
  Tds: 'SQL Server',
}

/** The adapter of a repo; undefined where it is not in view, or is none for a server that we know. */
function adapterOf(code: Code, name: string): Adapter | undefined {
  const use = code.module(name)?.uses.find((one) => one.module === 'Ecto.Repo')
  const written = use && keywordGet(use.options, 'adapter')
  const last = written && /\w+$/.exec(atomName(written) ?? textOf(written.span))?.[0]
  const speaks = spoken[last ?? '']
  return written && speaks && { speaks, span: written.span }
}

function mismatchOf(peer: Peer, adapter: Adapter | undefined): Mismatch | undefined {
  const answers = peer.kind === 'service' ? protocolOf(peer.service) : undefined
  return peer.kind === 'service' && adapter && answers && answers !== adapter.speaks
    ? { adapter, answers, service: peer.service, isSure: isKnownImage(peer.service) }
    : undefined
}
