/** A sum of bytes that come in pieces. */
export interface Xxh64 {
  update(bytes: Uint8Array): void
  /** Its low 32 bits. */
  low(): number
}

/** A number of 64 bits as two of 32: the high one, then the low one. */
type Wide = [number, number]

const p1: Wide = [0x9e3779b1, 0x85ebca87]
const p2: Wide = [0xc2b2ae3d, 0x27d4eb4f]
const p3: Wide = [0x165667b1, 0x9e3779f9]
const p4: Wide = [0x85ebca77, 0xc2b2ae63]
const p5: Wide = [0x27d4eb2f, 0x165667c5]

/** `a += b`. */
function add(a: Wide, b: Wide): void {
  const low = (a[1] >>> 0) + (b[1] >>> 0)
  a[0] = (a[0] + b[0] + (low > 0xffffffff ? 1 : 0)) | 0
  a[1] = low | 0
}

/** `a *= b`, by products of 16 bits where the upper half of one is needed. */
function multiply(a: Wide, b: Wide): void {
  const [x, y] = [a[1] & 0xffff, a[1] >>> 16]
  const [u, v] = [b[1] & 0xffff, b[1] >>> 16]
  const low = x * u
  const middle = y * u + (low >>> 16)
  const other = x * v + (middle & 0xffff)
  const carried = y * v + (middle >>> 16) + (other >>> 16)
  a[0] = (carried + Math.imul(a[0], b[1]) + Math.imul(a[1], b[0])) | 0
  a[1] = ((other & 0xffff) << 16) | (low & 0xffff)
}

/** Turns `a` left by fewer than 32 bits. */
function rotate(a: Wide, bits: number): void {
  const [high, low] = a
  a[0] = (high << bits) | (low >>> (32 - bits))
  a[1] = (low << bits) | (high >>> (32 - bits))
}

/** `a ^= a >> bits`, for fewer than 32 bits or more. */
function fold(a: Wide, bits: number): void {
  const [high, low] = a
  if (bits === 32) a[1] = low ^ high
  else if (bits > 32) a[1] = low ^ (high >>> (bits - 32))
  else {
    a[1] = low ^ ((low >>> bits) | (high << (32 - bits)))
    a[0] = high ^ (high >>> bits)
  }
}

function round(a: Wide, input: Wide): void {
  multiply(input, p2)
  add(a, input)
  rotate(a, 31)
  multiply(a, p1)
}

const minus = (a: Wide): Wide => {
  const low = (~a[1] + 1) | 0
  return [(~a[0] + (low === 0 ? 1 : 0)) | 0, low]
}
const sumOf = (a: Wide, b: Wide): Wide => {
  const sum: Wide = [a[0], a[1]]
  add(sum, b)
  return sum
}
const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
const wideAt = (bytes: Uint8Array, at: number): Wide => [wordAt(bytes, at + 4), wordAt(bytes, at)]

/** XXH64 with the seed 0 (xxHash fast digest algorithm, section "XXH64"): what zstd frames are checked by. */
export function xxh64(): Xxh64 {
  const lanes: Wide[] = [sumOf(p1, p2), [p2[0], p2[1]], [0, 0], minus(p1)]
  const rest = new Uint8Array(32)
  let held = 0
  let total = 0

  function stripe(bytes: Uint8Array, at: number): void {
    let place = at
    for (const lane of lanes) {
      round(lane, wideAt(bytes, place))
      place += 8
    }
  }

  return {
    update(bytes) {
      total += bytes.length
      let at = 0
      if (held > 0) {
        at = Math.min(32 - held, bytes.length)
        rest.set(bytes.subarray(0, at), held)
        held += at
        if (held < 32) return
        stripe(rest, 0)
      }
      for (; at + 32 <= bytes.length; at += 32) stripe(bytes, at)
      held = bytes.length - at
      rest.set(bytes.subarray(at), 0)
    },
    low() {
      const sum: Wide = total < 32 ? [p5[0], p5[1]] : [0, 0]
      if (total >= 32) {
        for (const [index, bits] of [1, 7, 12, 18].entries()) {
          const lane: Wide = [...(lanes[index] ?? sum)]
          rotate(lane, bits)
          add(sum, lane)
        }
        for (const lane of lanes) {
          const mixed: Wide = [0, 0]
          round(mixed, [...lane])
          mix(sum, mixed)
          multiply(sum, p1)
          add(sum, p4)
        }
      }
      add(sum, [Math.floor(total / 0x100000000) | 0, total | 0])
      let at = 0
      for (; at + 8 <= held; at += 8) {
        const mixed: Wide = [0, 0]
        round(mixed, wideAt(rest, at))
        mix(sum, mixed)
        rotate(sum, 27)
        multiply(sum, p1)
        add(sum, p4)
      }
      if (at + 4 <= held) {
        const word: Wide = [0, wordAt(rest, at)]
        multiply(word, p1)
        mix(sum, word)
        rotate(sum, 23)
        multiply(sum, p2)
        add(sum, p3)
        at += 4
      }
      for (; at < held; at++) {
        const byte: Wide = [0, rest[at] ?? 0]
        multiply(byte, p5)
        mix(sum, byte)
        rotate(sum, 11)
        multiply(sum, p1)
      }
      fold(sum, 33)
      multiply(sum, p2)
      fold(sum, 29)
      multiply(sum, p3)
      fold(sum, 32)
      return sum[1] >>> 0
    },
  }
}

/** `a ^= b`. */
function mix(a: Wide, b: Wide): void {
  a[0] ^= b[0]
  a[1] ^= b[1]
}
