/** What a package calls when it is used: one of these programs, which it does not bring. */
export interface CalledProgram {
  readonly programs: readonly [string, ...string[]]
  /** What of the app's own code uses it. */
  readonly used: RegExp
  /** What of code or config says that it is called elsewhere, or that another one is. */
  readonly elsewhere?: RegExp
  /** What it says of that. */
  readonly source: string
}

const magick: CalledProgram['programs'] = ['convert', 'magick']
const transforming = /\{\s*:(convert|magick)\s*,/

/** The packages that call a program of the system where the app runs. */
export const calledPrograms: Readonly<Record<string, CalledProgram>> = {
  arc: { programs: magick, used: transforming, source: 'https://hexdocs.pm/arc/readme.html' },
  chromic_pdf: {
    programs: ['chromium'],
    used: /\bChromicPDF\b/,
    elsewhere: /\bchrome_(address|executable):/,
    source: 'https://hexdocs.pm/chromic_pdf/readme.html',
  },
  ffmpex: { programs: ['ffmpeg'], used: /\bFFmpex\b/, source: 'https://hexdocs.pm/ffmpex/readme.html' },
  mogrify: { programs: magick, used: /\bMogrify\b/, source: 'https://hexdocs.pm/mogrify/readme.html' },
  pandex: { programs: ['pandoc'], used: /\bPandex\b/, source: 'https://hexdocs.pm/pandex/readme.html' },
  pdf_generator: {
    programs: ['wkhtmltopdf'],
    used: /\bPdfGenerator\b/,
    elsewhere: /generator:\s*:chrome|use_chrome:|wkhtml_path:/,
    source: 'https://hexdocs.pm/pdf_generator/readme.html',
  },
  puppeteer_pdf: {
    programs: ['puppeteer-pdf'],
    used: /\bPuppeteerPdf\b/,
    elsewhere: /exec_path:/,
    source: 'https://github.com/coletiv/puppeteer-pdf#installation',
  },
  tesseract_ocr: {
    programs: ['tesseract'],
    used: /\bTesseractOcr\b/,
    source: 'https://hexdocs.pm/tesseract_ocr/readme.html',
  },
  waffle: { programs: magick, used: transforming, source: 'https://hexdocs.pm/waffle/Waffle.Processor.html' },
}
