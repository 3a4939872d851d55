import { rootVolumesOf } from '../../model/facts/needs/root-volumes.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'volume-not-writable',
  gotcha: 'runtime-config',
  severity: 'warning',
  summary: 'a new volume belongs to root, and another user runs the app',
  incident:
    'On a fresh machine the app cannot write to its volume: "permission denied", or "unable to open database file".',
  remedy:
    'Make the folder in the image, before `USER`, and give it to the user: `RUN mkdir -p /data && chown nobody /data`',
  why: `A new named volume takes over what the image has at the folder where it is mounted: its content, its owner and its mode. Where
the image has no such folder, Docker makes one for root. What the folder is on the machine decides for a bind mount alone.`,
  links: [
    'https://docs.docker.com/engine/storage/volumes/#mounting-a-volume-over-existing-data',
    'https://docs.docker.com/reference/dockerfile/#user',
  ],
  examples: [
    {
      title: 'a folder that the image does not have',
      on: 'phoenix',
      good: `
        -- Dockerfile: USER nobody --
        RUN mkdir -p /data && chown nobody /data
        USER nobody
        -- compose.yaml --
        services:
          web:
            build: .
            volumes: ["uploads:/data"]
        volumes:
          uploads:
        -- lib/shop/uploads.ex --
        defmodule Shop.Uploads do
          def store(path, name), do: File.cp!(path, Path.join("/data", name))
        end`,
      bad: `
        -- Dockerfile: RUN mkdir -p /data && chown nobody /data --
        -- compose.yaml: volumes: ["uploads:/data"] --
        volumes: ["uploads:/data"]
                  ^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a folder of root',
      on: 'phoenix',
      good: `
        -- Dockerfile: USER nobody --
        RUN mkdir -p /data && chown nobody /data
        USER nobody
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              UPLOADS: /data/uploads
            volumes: ["uploads:/data"]
        volumes:
          uploads:`,
      bad: `
        -- Dockerfile: RUN mkdir -p /data && chown nobody /data --
        RUN mkdir -p /data
        -- compose.yaml: volumes: ["uploads:/data"] --
        volumes: ["uploads:/data"]
                  ^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      for (const { mount, path, user, maker, use } of rootVolumesOf(deployment, project)) {
        yield {
          message: `\`${deployment.service?.name}\` runs as \`${user.name}\`, and a new volume at \`${path}\` belongs to root`,
          span: mount.span,
          related: [
            maker
              ? { span: maker, text: 'its folder is made here, by root' }
              : { span: user.span, text: 'the image has no such folder for its user' },
            use,
          ],
        }
      }
    }
  },
})
