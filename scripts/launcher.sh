#!/usr/bin/env sh
':' //; for word do case $word in --*config-file*) echo 'docker-gotchas: `--…config-file` is a flag of Node, wherever it stands; a file of that name is `./--…`' >&2; exit 2 ;; esac; done; exec node -- "$0" "$@"
