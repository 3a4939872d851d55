// `node --import ./scripts/typescript/register.mjs FILE.ts`: Node 20 reads no TypeScript by itself.
import { register } from 'node:module'

register('./load.mjs', import.meta.url)
