#!/usr/bin/env bash
# Finds the program that the action runs, builds it where it is not built, and gives its path as the output `program`. VERSION
# names a version of the package to take instead.
set -euo pipefail

if [ -n "${VERSION:-}" ]; then
  [[ $VERSION =~ ^[0-9A-Za-z.+-]+$ ]] || { echo "::error::version is no version: use one such as 0.1.0"; exit 2; }
  folder=$RUNNER_TEMP/docker-gotchas
  npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent "docker-gotchas@$VERSION"
  program=$folder/node_modules/docker-gotchas/dist/cli.js
else
  program=$GITHUB_ACTION_PATH/dist/cli.js
  if [ ! -f "$program" ]; then
    cd "$GITHUB_ACTION_PATH"
    npm ci --ignore-scripts --no-audit --no-fund --silent
    npm run --silent build
  fi
fi
echo "program=$program" >> "$GITHUB_OUTPUT"
