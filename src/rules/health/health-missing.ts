import type { Deployment } from '../../model/boot/deployment.ts'
import { hasDatabase, isMeantToServe, waitingFor } from '../../model/facts/health/requests.ts'
import { healthRoutesOf } from '../../model/phoenix/answer.ts'
import type { Project } from '../../model/project/project.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { givenKey } from '../edits/compose.ts'
import { probeOf } from '../edits/probe.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'health-missing',
  gotcha: 'health',
  severity: 'info',
  fix: 'unsafe',
  noFix: 'a fix needs one health route, one known port, and `curl` or `wget` in the image',
  summary: 'nothing asks the app whether it is well',
  incident: 'A container that hangs, or that has lost its database, gets traffic as before, and nobody is told.',
  remedy: 'Add a route that asks the database, and a health check that calls it',
  why: `Docker only sees whether the process runs. Without a health check a deployment is done as soon as the container has
started, and \`depends_on\` with \`condition: service_healthy\` refuses to start what waits for it.`,
  links: [
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
    'https://docs.docker.com/compose/how-tos/startup-order/',
  ],
  examples: [
    {
      title: 'a health route that nothing asks',
      on: 'health',
      good: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        EXPOSE 4000
        -- compose.yaml --
        services:
          web:
            build: .
            healthcheck:
              test: ["CMD", "curl", "-fsS", "http://localhost:4000/health"]`,
      bad: `
        -- compose.yaml: web: --
        web:
        ^^^
        -- compose.yaml: healthcheck: … test: ["CMD", "curl", "-fsS", "http://localhost:4000/health"] --`,
      fixed: true,
    },
    {
      title: 'another service waits for one that is not there',
      on: 'health',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
          proxy:
            image: caddy:2
            depends_on:
              web:
                condition: service_healthy`,
      bad: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        EXPOSE 4000
        -- compose.yaml: depends_on: … web: --
        depends_on:
          web:
          ^^^`,
    },
    {
      title: 'no health check, and no route for one',
      on: 'health',
      good: `
        -- lib/shop_web/health_controller.ex --
        (removed)
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        EXPOSE 4000
        -- lib/shop_web/router.ex: get "/health", ShopWeb.HealthController, :show --
        scope "/", ShopWeb do
          get "/health", HealthController, :show
        end

        scope "/", ShopWeb do
          get "/", PageController, :home
        end
        -- compose.yaml --
        services:
          web:
            build: .
            healthcheck:
              test: ["CMD", "curl", "-fsS", "http://localhost:4000/health"]
        -- lib/shop_web/controllers/page_controller.ex --
        defmodule ShopWeb.PageController do
          use Phoenix.Controller, formats: [:html]

          def home(conn, _params), do: html(conn, "<h1>The shop</h1>")
        end
        -- lib/shop_web/controllers/health_controller.ex --
        defmodule ShopWeb.HealthController do
          use Phoenix.Controller, formats: [:json]

          def show(conn, _params) do
            case Shop.Repo.query("SELECT 1") do
              {:ok, _} -> Plug.Conn.send_resp(conn, 200, "ok")
              {:error, _} -> Plug.Conn.send_resp(conn, 503, "the database does not answer")
            end
          end
        end`,
      bad: `
        -- lib/shop_web/controllers/health_controller.ex --
        (removed)
        -- lib/shop_web/router.ex: get "/health", HealthController, :show … scope "/", ShopWeb do --
        -- compose.yaml: web: --
        web:
        ^^^
        -- compose.yaml: healthcheck: … test: ["CMD", "curl", "-fsS", "http://localhost:4000/health"] --`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const { service, server, health, ships } = deployment
      const isOff = service?.health?.disabled === true
      // A platform that is told nothing asks whether the port is open.
      if (service?.platform !== undefined) continue
      if (service === undefined || (service.health && !isOff) || health.length > 0) continue
      const waiting = waitingFor(project, service)
      if (waiting) {
        yield {
          message: `\`${waiting.name}\` waits until \`${service.name}\` is healthy, and \`${service.name}\` has no health check`,
          why: 'Compose refuses to start what waits for a health check that there is not.',
          span: waiting.span,
          related: [
            {
              span: (isOff && service.health?.span) || service.span,
              text: isOff ? 'it is turned off here' : `neither \`${service.name}\` nor its image has one`,
            },
          ],
          severity: 'warning',
          fixes: isOff ? [] : probing(project, deployment),
        }
      } else if (
        !isOff &&
        !ships?.healthcheck &&
        server &&
        isMeantToServe(deployment, project) &&
        hasDatabase(project)
      ) {
        const [route] = healthRoutesOf(project.code)
        yield {
          message: route
            ? `${service.subject} has no health check: nothing asks \`${route.path}\``
            : `${service.subject} has no health check`,
          span: service.span,
          related: route ? [{ span: route.span, text: 'this route is there to be asked' }] : [],
          fixes: probing(project, deployment),
        }
      }
    }
  },
})

/** The fix that has the service ask its health route. */
function probing(project: Project, deployment: Deployment): readonly Fix[] {
  const written = probeOf(project, deployment)
  const words = written?.words.map((word) => JSON.stringify(word)).join(', ')
  const edit = deployment.service && givenKey(deployment.service, 'healthcheck', [`test: ["CMD", ${words}]`])
  if (!written || !edit) return []
  return [{ title: `Ask \`${written.path}\``, safety: 'unsafe', edits: [edit, ...written.route, ...written.installs] }]
}
