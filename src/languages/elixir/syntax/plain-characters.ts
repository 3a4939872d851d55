// What `isPlain` asks of each character of each file, and so by its number: an expression for each takes longer. Behind the end
// of a text stand some that are 0, which is like none. A function that is called `…End` gives where a word ends that stands at a
// place, or -1 where none does. The numbers: 33 !  34 "  35 #  37 %  38 &  39 '  40 (  42 *  43 +  44 ,  45 -  46 .  47 /
// 58 :  60 <  61 =  62 >  63 ?  64 @  91 [  92 \  94 ^  95 _  123 {  124 |  126 ~

const kind = { letter: 1, upper: 2, digit: 4, space: 8 } as const
const wordy = kind.letter | kind.digit

/** What each character of ASCII is. `_` is a letter. */
const kinds = Uint8Array.from({ length: 128 }, (_, char) => {
  const is = (pattern: RegExp, of: number) => (pattern.test(String.fromCharCode(char)) ? of : 0)
  return is(/[A-Za-z_]/, kind.letter) | is(/[A-Z]/, kind.upper) | is(/\d/, kind.digit) | is(/\s/, kind.space)
})

const isOf = (char: number, wanted: number): boolean => ((kinds[char] ?? 0) & wanted) !== 0

/** Whether it may stand in a name: `\w`. */
export const isWordy = (char: number): boolean => isOf(char, wordy)
/** `A` to `Z`. */
export const isUpper = (char: number): boolean => isOf(char, kind.upper)
/** `0` to `9`. */
export const isDigit = (char: number): boolean => isOf(char, kind.digit)
/** A letter of ASCII, or `_`. */
export const isLetter = (char: number): boolean => isOf(char, kind.letter)
/** `a` to `z`, or `_`. */
export const isLower = (char: number): boolean => isLetter(char) && !isUpper(char)
/** As `\s`. */
export const isSpace = (char: number): boolean =>
  isOf(char, kind.space) || (char > 127 && /\s/.test(String.fromCharCode(char)))

/** `?` or `!`, with which a name may end. */
export const isMark = (char: number): boolean => char === 63 || char === 33

/** Whether a colon that is none of `::` stands there. */
export const isColon = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 58 && text.charCodeAt(at + 1) !== 58

/** Where what may stand in a name ends. */
export function wordyEnd(text: string, start: number): number {
  let at = start
  while (((kinds[text.charCodeAt(at)] ?? 0) & wordy) !== 0) at += 1
  return at
}

/** Whether a line ends there as those of Windows do. */
export const isReturn = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10

/** Where blanks and a comment end; the line goes on, or a new one begins. */
export function blankEnd(text: string, start: number): number {
  let at = start
  for (;;) {
    const char = text.charCodeAt(at)
    if (char === 32 || char === 9 || (char === 13 && isReturn(text, at))) at += 1
    else if (char === 35) {
      const line = text.indexOf('\n', at)
      at = line === -1 ? text.length : line
    } else return at
  }
}
