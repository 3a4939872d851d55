import type { Language } from '../language.ts'
import { baseline } from './baseline.ts'
import { compose } from './compose.ts'
import { dockerfile } from './dockerfile.ts'
import { dotenv } from './dotenv.ts'
import { elixir, elixirModule } from './elixir.ts'
import { erlang } from './erlang.ts'
import { fly } from './fly.ts'
import { ignoreFile } from './ignore.ts'
import { json } from './json.ts'
import { just } from './just.ts'
import { make } from './make.ts'
import { bake, platforms } from './platforms.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'

/** Every language that is fuzzed. */
export const languages: readonly Language[] = [
  ...[dockerfile, shell, compose, dotenv, ignoreFile, elixir, elixirModule],
  ...[erlang, make, just, json, fly, bake, platforms, settings, baseline],
]
