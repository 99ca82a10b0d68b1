/** The style sheet of the report: system fonts, light and dark by the reader's setting, one column on narrow screens. */
export const STYLE_SHEET = `
:root { --ground: #f6f7f9; --panel: #fff; --ink: #1d2430; --quiet: #5b6574; --line: #dfe3e8; --bad: #c22f48; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #12161c; --panel: #1b212a; --ink: #e6eaf0; --quiet: #9aa5b4; --line: #303947; --bad: #ff7a8f; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1240px; margin: 0 auto; padding: 24px 16px 48px; }
h1 { font-size: 26px; margin: 0; }
h2 { font-size: 16px; margin: 0 0 12px; }
header p, footer, figcaption, .card span { color: var(--quiet); }
header p { margin: 4px 0 20px; overflow-wrap: anywhere; }
.warning { color: var(--bad); font-weight: 600; overflow-wrap: anywhere; margin: 0 0 12px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px; }
.card, figure, section { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 16px; }
.card strong { display: block; font-size: 26px; line-height: 1.2; }
.card.bad strong, td.bad { color: var(--bad); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 12px; margin-top: 12px; }
figure { margin: 0; }
figure svg { display: block; width: 100%; max-width: 640px; height: auto; }
figcaption { font-size: 13px; margin-top: 6px; }
section { margin-top: 12px; }
.charts section { margin-top: 0; }
ul { margin: 0; padding-left: 20px; }
li { overflow-wrap: anywhere; margin-bottom: 4px; }
.scroll { overflow-x: auto; max-height: 560px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--quiet); font-weight: 500; position: sticky; top: 0; background: var(--panel); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.bad { font-weight: 600; }
code { font: 13px ui-monospace, monospace; }
footer { margin-top: 20px; font-size: 13px; }
details { border-top: 1px solid var(--line); padding: 8px 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
details svg { display: block; margin: 8px 0; }
a { color: inherit; }
@media print {
  body { background: none; }
  .scroll { max-height: none; overflow: visible; }
  .scroll svg { max-width: 100%; height: auto; }
  details, tr, figure { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
