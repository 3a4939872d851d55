import { paletteProperties } from './palette.ts'
import { pictureCss } from './svg.ts'

/** The style of the page: as the reader's system is, or as the button says; on paper it is light. */
export const pageCss = (): string => `${paletteProperties()}
${pictureCss}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 16px;padding:12px 24px;border-bottom:1px solid var(--border)}
h1{font-size:20px;margin:0;overflow-wrap:anywhere}
header p{margin:0;color:var(--dim)}
#theme,#zoom{margin-left:auto}#zoom+#theme{margin-left:0}
button{font:inherit;color:inherit;background:var(--head);border:1px solid var(--border);border-radius:6px;padding:2px 14px;cursor:pointer}
.columns{display:flex;min-height:calc(100vh - 56px)}
main{flex:1 1 auto;min-width:0;overflow:auto;border-right:1px solid var(--border)}
main svg{display:block;margin:0 auto;max-width:100%;height:auto}
aside{flex:0 0 380px;padding:8px 24px 24px;position:sticky;top:0;align-self:flex-start;max-height:100vh;overflow-y:auto}
h2{font-size:16px;margin:12px 0}
aside ol,aside ul{margin:0;padding:0;list-style:none}
.trail{counter-reset:step}.trail li{counter-increment:step;padding:4px 0 4px 22px;position:relative}.trail li+li{border-top:1px dotted var(--border)}.trail li::before{content:counter(step);position:absolute;left:0;font-weight:700}
aside li[data-finding]{border:1px solid var(--border);border-left:4px solid var(--error);border-radius:6px;padding:8px 12px;margin:0 0 10px;cursor:pointer;overflow-wrap:anywhere;scroll-margin:12px}
aside li.warning{border-left-color:var(--warning)}
aside li.info{border-left-color:var(--info)}
aside p{margin:0 0 4px}
.why b,.todo b{font-size:12px;text-transform:uppercase;color:var(--dim)}
.head b{color:var(--error)}
.warning .head b{color:var(--warning)}
.info .head b{color:var(--info)}
.rule{font-weight:700}
aside a{color:inherit}
.place,.trail,.notes{color:var(--dim);font-size:13px}
aside .trail{border-top:1px solid var(--border);padding-top:4px;margin-top:4px}
code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}
a:focus-visible,button:focus-visible,main:focus-visible{outline:2px solid var(--info);outline-offset:2px}
svg a{cursor:pointer}
svg a:focus{outline:none}
svg a:focus-visible rect,svg a:hover rect,svg a.on rect,svg a:target rect{stroke:var(--text);stroke-width:2}
svg .row:hover>rect:first-of-type{fill:var(--head);fill-opacity:.7}
aside li.on,aside li:target{background:var(--head);box-shadow:0 0 0 2px var(--text)}
#tip{position:absolute;z-index:1;max-width:440px;padding:8px 12px;border-radius:6px;background:var(--text);color:var(--page);font-size:14px;line-height:1.4;overflow-wrap:anywhere;pointer-events:none;box-shadow:0 4px 16px rgb(0 0 0/.3)}
@media (max-width:960px){.columns{display:block}main{border-right:0;border-bottom:1px solid var(--border)}aside{position:static;max-height:none}}
@media print{button,#zoom,#tip{display:none!important}.columns{display:block}main{overflow:visible}main svg{max-width:100%;min-width:0!important;max-height:92vh;break-after:page}main{border:0}aside{position:static;max-height:none}aside li{break-inside:avoid}}
`
