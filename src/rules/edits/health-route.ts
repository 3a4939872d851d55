import { posix } from 'node:path'
import { entryAt } from '../../files/tree.ts'
import type { CallNode } from '../../languages/elixir/syntax/ast.ts'
import type { Project } from '../../model/project/project.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { indentAt, linesAbove, newFile, withCommentsAbove } from './lines.ts'

/** A controller that asks the database, and its route at `path`; undefined where it is not plain to which router it goes. */
export function healthRoute({ code, elixir, tree }: Project, path: string): readonly Edit[] | undefined {
  const [router, another] = code.using('Phoenix.Router', 'router')
  const [repo, more] = code.using('Ecto.Repo')
  const web = /^([\w.]+)\.Router$/.exec(router?.name ?? '')?.[1]
  const file = router && elixir.get(router.nameSpan.source.path)
  const scope = router?.body.find((node): node is CallNode => node.kind === 'call' && node.name === 'scope')
  if (!router || another || !repo || more || web === undefined || !file || !scope) return undefined
  if (!/^\/[\w-]+(\/[\w-]+)*$/.test(path) || file.problems.length > 0) return undefined
  const folder = posix.dirname(file.source.path)
  const controller = posix.join(folder, 'controllers/health_controller.ex')
  const name = `${web}.HealthController`
  if (code.module(name) || entryAt(tree, controller)) return undefined
  const uses = code.module(web) ? `use ${web}, :controller` : 'use Phoenix.Controller, formats: [:json]'
  const { start } = withCommentsAbove(scope.span, file.comments)
  const indent = indentAt(file.source, scope.span.start)
  const route = [`scope "/", ${web} do`, `  get "${path}", HealthController, :show`, 'end'].map((line) => indent + line)
  return [
    linesAbove(file.source, start, `${route.join('\n')}\n`),
    newFile(controller, controllerText(name, uses, repo.name)),
  ]
}

const controllerText = (name: string, uses: string, repo: string) => `defmodule ${name} do
  ${uses}

  def show(conn, _params) do
    case ${repo}.query("SELECT 1") do
      {:ok, _} -> Plug.Conn.send_resp(conn, 200, "ok")
      {:error, _} -> Plug.Conn.send_resp(conn, 503, "the database does not answer")
    end
  end
end
`
