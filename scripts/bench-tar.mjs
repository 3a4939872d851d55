// Reads a saved image of 1 GB in one pass, beside what tar needs to list the same bytes; `node scripts/bench-tar.mjs [MB] [ROUNDS]`.
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { pack } from 'tar-stream'

const megabyte = 1024 * 1024
const total = Number(process.argv[2] ?? 1024) * megabyte
const rounds = Number(process.argv[3] ?? 3)
const layerCount = 8
const filesInLayer = 2500

const readerText = `
  import { readImages } from './src/files/image/read.ts'
  import { wantedOfImage } from './src/model/image/wanted.ts'
  const found = await readImages(process.stdin, wantedOfImage, { maxSize: 2 ** 40 })
  if (found.kind !== 'images') throw new Error(found.message)
  console.log(JSON.stringify({ files: found.images[0].files.size, kilobytes: process.resourceUsage().maxRSS }))
`

const { bavail, bsize } = await statfs(tmpdir())
if (bavail * bsize < total * 4) throw new Error('there is not enough room in the folder of temporary files')
const folder = await mkdtemp(join(tmpdir(), 'docker-gotchas-bench-'))
try {
  const reader = join(folder, 'read.mjs')
  await build({
    stdin: { contents: readerText, resolveDir: process.cwd() },
    outfile: reader,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
    banner: { js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);" },
  })
  const plain = await makeImage('plain')
  await report('image of plain layers', `cat ${plain}`, 'tar tf -', reader)
  await pipeline(createReadStream(plain), createGzip({ level: 6 }), createWriteStream(`${plain}.gz`))
  await report('the same, as a gzip', `cat ${plain}.gz`, 'gzip -dc | tar tf -', reader)
  await rm(plain)
  await rm(`${plain}.gz`)
  const packed = await makeImage('gzip')
  await report(
    'image of gzip layers',
    `cat ${packed}`,
    `for layer in ${folder}/gzip/*; do gzip -dc $layer | tar tf -; done`,
    reader,
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** Writes an image as `docker save` does; `form` is that of its layers. */
async function makeImage(form) {
  const path = join(folder, `${form}.tar`)
  await mkdir(join(folder, form))
  const tar = pack()
  const written = pipeline(tar, createWriteStream(path))
  const layers = []
  for (let index = 0; index < layerCount; index++) {
    const bytes = form === 'gzip' ? gzipSync(await layerOf(index), { level: 6 }) : await layerOf(index)
    if (form === 'gzip') await writeFile(join(folder, form, String(index)), bytes)
    layers.push(await put(tar, bytes))
  }
  const config = await put(tar, Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64' })))
  tar.entry({ name: 'manifest.json' }, JSON.stringify([{ Config: config, RepoTags: ['bench:1'], Layers: layers }]))
  tar.finalize()
  await written
  return path
}

function put(tar, bytes) {
  const name = `blobs/sha256/${createHash('sha256').update(bytes).digest('hex')}`
  return new Promise((resolve, reject) =>
    tar.entry({ name }, bytes, (error) => (error ? reject(error) : resolve(name))),
  )
}

/** Half of each file is noise, the other half text: about what programs and libraries compress to. */
async function layerOf(index) {
  const size = Math.floor(total / layerCount / filesInLayer) - 512
  const tar = pack()
  const whole = bytesOf(tar)
  for (let file = 0; file < filesInLayer; file++) {
    const half = Math.floor(size / 2)
    const bytes = Buffer.concat([randomBytes(half), Buffer.alloc(half, `file ${file} of layer ${index}. `)])
    tar.entry({ name: `app/lib/package-${file % 50}/part-${index}-${file}.so` }, bytes)
  }
  tar.finalize()
  return whole
}

async function bytesOf(stream) {
  const parts = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

async function report(title, source, listing, reader) {
  const size = Math.round((await stat(source.replace('cat ', ''))).size / megabyte)
  const times = { ours: [], theirs: [] }
  let kilobytes = 0
  for (let round = 0; round < rounds; round++) {
    const own = await timed(`${source} | ${process.execPath} ${reader}`)
    const answer = JSON.parse(own.text)
    if (answer.files !== layerCount * filesInLayer) throw new Error(`${answer.files} files were read`)
    kilobytes = Math.max(kilobytes, answer.kilobytes)
    times.ours.push(own.seconds)
    times.theirs.push(
      (await timed(`(${listing.startsWith('for') ? listing : `${source} | ${listing}`}) > /dev/null`)).seconds,
    )
  }
  const [ours, theirs] = [Math.min(...times.ours), Math.min(...times.theirs)]
  console.log(
    `${title}, ${size} MB: ${ours.toFixed(2)} s and ${Math.round(kilobytes / 1024)} MB of memory; ${listing.replaceAll(folder, '…')}: ${theirs.toFixed(2)} s; ratio ${(ours / theirs).toFixed(2)}`,
  )
}

/** The time of a shell command, by the wall clock. */
async function timed(command) {
  const start = performance.now()
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] })
  const text = (await bytesOf(child.stdout)).toString()
  const code = child.exitCode ?? (await new Promise((resolve) => child.on('close', resolve)))
  if (code !== 0) throw new Error(`${command} ended with ${code}`)
  return { text, seconds: (performance.now() - start) / 1000 }
}
