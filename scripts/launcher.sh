#!/usr/bin/env sh
':' //; for word do case $word in --*config-file*) echo 'docker-gotchas: `--…config-file` is a flag of Node, wherever it stands; a file of that name is `./--…`' >&2; exit 2 ;; esac; done; if [ "${NODE_EXTRA_CA_CERTS+set}" ]; then export DOCKER_GOTCHAS_CA_CERTS="$NODE_EXTRA_CA_CERTS"; unset NODE_EXTRA_CA_CERTS; fi; exec node -- "$0" "$@"
