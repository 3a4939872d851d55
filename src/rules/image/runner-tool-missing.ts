import { uncallableIn } from '../../model/facts/needs/runner.ts'
import { runnerOf } from '../../model/facts/runner.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'runner-tool-missing',
  gotcha: 'image',
  severity: 'warning',
  summary: 'the image that runs lacks a program that a dependency calls',
  incident: 'The app runs until somebody asks for a document or a picture: then the call fails, `:enoent`.',
  remedy: 'Install the program in the image that runs',
  why: `Some packages only call a program of the system: \`mogrify\` and \`waffle\` call ImageMagick, \`chromic_pdf\` Chromium,
\`pdf_generator\` wkhtmltopdf, \`ffmpex\` FFmpeg. The machine of a developer has it; the small image that runs a release has what
its Dockerfile installs, and what was installed in the stage that builds stays there.`,
  links: [
    'https://hexdocs.pm/chromic_pdf/readme.html',
    'https://hexdocs.pm/mogrify/readme.html',
    'https://hexdocs.pm/pdf_generator/readme.html',
  ],
  examples: [
    {
      title: 'pictures without ImageMagick',
      on: 'phoenix',
      good: `
        -- Dockerfile: openssl libncurses6 ca-certificates --
        openssl libncurses6 ca-certificates imagemagick
        -- mix.exs: def project, do: [app: :shop, version: "0.1.0"] --
        def project, do: [app: :shop, version: "0.1.0", deps: [{:mogrify, "~> 0.9"}]]
        -- lib/shop/pictures.ex --
        defmodule Shop.Pictures do
          def small(path), do: path |> Mogrify.open() |> Mogrify.resize("200x") |> Mogrify.save()
        end`,
      bad: `
        -- Dockerfile: openssl libncurses6 ca-certificates imagemagick --
        openssl libncurses6 ca-certificates
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM debian:bookworm-slim
             ^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a browser for documents, in the stage that builds',
      on: 'phoenix',
      good: `
        -- Dockerfile: openssl libncurses6 ca-certificates --
        openssl libncurses6 ca-certificates chromium
        -- mix.exs: def project, do: [app: :shop, version: "0.1.0"] --
        def project, do: [app: :shop, version: "0.1.0", deps: [{:chromic_pdf, "~> 1.17"}]]
        -- lib/shop/invoices.ex --
        defmodule Shop.Invoices do
          def print(html), do: ChromicPDF.print_to_pdf({:html, html})
        end`,
      bad: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM elixir:1.18 AS build
        RUN apt-get update && apt-get install -y chromium
        -- Dockerfile: openssl libncurses6 ca-certificates chromium --
        openssl libncurses6 ca-certificates
        -- Dockerfile: FROM debian:bookworm-slim --
        FROM debian:bookworm-slim
             ^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const runs = runnerOf(deployment)
      if (runs.kind !== 'known') continue
      const runner = runs.value
      for (const { program, dependency, use } of uncallableIn(deployment, project)) {
        yield {
          message: `\`${dependency.name}\` calls \`${program}\`, which \`${runner.image}\` lacks and nothing installs`,
          span: runner.span,
          related: [
            ...runner.trail,
            { span: dependency.span, text: `\`${dependency.name}\`` },
            { span: use, text: 'the app uses it here' },
          ],
          certainty: 'likely',
        }
      }
    }
  },
})
