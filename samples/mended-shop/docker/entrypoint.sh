#!/bin/sh
set -e

# bring the database up to date before the app starts
/app/bin/migrate

exec "$@"
