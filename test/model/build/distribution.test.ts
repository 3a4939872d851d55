import { expect, it } from 'vitest'
import { distributionsOf } from '../../../src/model/stages/distribution.ts'
import { otpOfImage } from '../../../src/model/stages/otp.ts'

it.each([
  ['debian:bookworm-slim', ['Debian bookworm 36 3']],
  ['debian:bookworm-20250407-slim@sha256:0123', ['Debian bookworm 36 3']],
  ['docker.io/library/debian:12.5-slim', ['Debian bookworm 36 3']],
  ['debian:latest', ['Debian bookworm 36 3', 'Debian trixie 41 3']],
  ['debian', ['Debian bookworm 36 3', 'Debian trixie 41 3']],
  ['debian:oldstable-slim', ['Debian bullseye 31 1.1', 'Debian bookworm 36 3']],
  ['debian:sid-slim', ['Debian sid undefined 3']],
  ['ubuntu:22.04', ['Ubuntu jammy 35 3']],
  ['ubuntu:focal-20240918', ['Ubuntu focal 31 1.1']],
  ['alpine:3.18.4', ['Alpine 3.18 undefined 3']],
  ['alpine:3.16', ['Alpine 3.16 undefined 1.1']],
  ['alpine', ['Alpine undefined 3']],
  ['alpine:3', ['Alpine undefined 3']],
  ['hexpm/elixir:1.18.3-erlang-27.3.3-debian-bookworm-20250407-slim', ['Debian bookworm 36 3']],
  ['hexpm/elixir:1.19.5-erlang-28.5-alpine-3.23.4', ['Alpine 3.23 undefined 3']],
  ['docker.io/hexpm/elixir:1.17.3-erlang-26.2.5.3-ubuntu-focal-20240918', ['Ubuntu focal 31 1.1']],
  ['hexpm/erlang:27.3.3-debian-bullseye-20250407', ['Debian bullseye 31 1.1']],
  ['elixir:1.17', ['Debian bookworm 36 3']],
  ['elixir:1.18', ['Debian bookworm 36 3', 'Debian trixie 41 3']],
  ['elixir:1.18-otp-27-slim', ['Debian bookworm 36 3']],
  ['elixir:1.13-otp-25', ['Debian bullseye 31 1.1']],
  ['elixir:1.18-otp-27-alpine', ['Alpine undefined 3']],
  ['elixir:1.10-alpine', ['Alpine undefined 1.1']],
  ['elixir:1.15-alpine', ['Alpine undefined 1.1', 'Alpine undefined 3']],
  ['erlang:27', ['Debian bookworm 36 3']],
  ['erlang:25-slim', ['Debian bullseye 31 1.1']],
  ['node:20-bookworm-slim', ['Debian bookworm 36 3']],
  ['node:20-alpine3.20', ['Alpine 3.20 undefined 3']],
  ['node:20', []],
  ['rockylinux:9-minimal', ['rockylinux 9 34 3']],
  ['registry.access.redhat.com/ubi8/ubi-minimal:8.10', []],
  ['fedora:41', ['Fedora 41 40 3']],
  ['amazonlinux:2023', ['Amazon Linux 2023 34 3']],
  ['gcr.io/distroless/cc-debian12:nonroot', ['Debian bookworm 36 3']],
  ['gcr.io/distroless/static-debian12', ['`distroless/static-debian12` undefined undefined']],
  ['scratch', ['`scratch` undefined undefined']],
  ['acme/elixir:1.18-bookworm', []],
  ['registry.acme.io/debian:bookworm', []],
  ['', []],
])('%s is made of %j', (image, expected) => {
  expect(distributionsOf(image).map((one) => `${one.name} ${one.glibc} ${one.openssl}`)).toEqual(expected)
})

it.each([
  ['hexpm/elixir:1.18.3-erlang-27.3.3-debian-bookworm-20250407-slim', [27]],
  ['elixir:1.18', [27, 28]],
  ['elixir:1.18.4-otp-26-alpine', [26]],
  ['erlang:25.3-slim', [25]],
  ['hexpm/erlang:26.2-alpine-3.20', [26]],
  ['elixir:latest', []],
  ['acme/elixir:1.18', []],
])('%s has OTP %j', (image, expected) => expect(otpOfImage(image)).toEqual(expected))
