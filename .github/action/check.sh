#!/usr/bin/env bash
# Checks PATHS (one a line) with the flags ARGS (one a line) and writes what was found where the runner looks for it. The exit
# code is an output, so that the steps behind this one run in any case.
set -uo pipefail

readarray -t paths < <(printf '%s\n' "${PATHS:-.}" | sed '/^[[:space:]]*$/d')
readarray -t more < <(printf '%s\n' "${ARGS:-}" | sed '/^[[:space:]]*$/d')
sarif=$RUNNER_TEMP/docker-gotchas.sarif
page=$RUNNER_TEMP/docker-gotchas.md

flags=(--format tty --format "sarif=$sarif" --format "markdown=$page" --fail-on "${FAIL_ON:-warning}")
[ "${ANNOTATIONS:-true}" = true ] && flags+=(--format github)

node "$PROGRAM" lint "${flags[@]}" ${more[@]+"${more[@]}"} -- "${paths[@]}"
code=$?

if [ "${SUMMARY:-true}" = true ] && [ -f "$page" ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  cat "$page" >> "$GITHUB_STEP_SUMMARY"
fi
{
  echo "exit-code=$code"
  echo "sarif=$sarif"
} >> "$GITHUB_OUTPUT"
