/** The look of the reference page: follows the system's colours, and fits a phone. */
export const referenceStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: color-mix(in srgb, currentColor 18%, transparent); }
* { box-sizing: border-box; }
html { background: light-dark(#fff, #16181d); color: light-dark(#1b1e24, #e6e9ee); }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.3rem; margin: 3rem 0 0.75rem; }
h3 { font-size: 1.05rem; margin: 0; }
h4 { font-size: 0.9rem; margin: 1rem 0 0.25rem; }
p { margin: 0.25rem 0; }
a { color: light-dark(#1d4fc4, #9dbcff); }
a:focus-visible, summary:focus-visible { outline: 3px solid light-dark(#1d4fc4, #9dbcff); outline-offset: 2px; border-radius: 4px; }
code { font: 0.9em ui-monospace, monospace; }
nav ul, ul.plain { list-style: none; margin: 0; padding: 0; }
nav li { border-bottom: 1px solid var(--line); padding: 0.4rem 0; }
article { border: 1px solid var(--line); border-radius: 12px; margin: 1rem 0; padding: 1rem 1.25rem; scroll-margin-top: 1rem; }
article:target { border-color: light-dark(#1d4fc4, #9dbcff); }
.method { display: inline-block; font: 600 0.75rem/1.6 ui-monospace, monospace; min-width: 3.25rem; text-transform: uppercase; }
.type, .note { color: light-dark(#4d5565, #b3bac6); font-size: 0.9rem; }
dl { margin: 0.25rem 0; }
dt { margin-top: 0.5rem; }
dd { border-left: 2px solid var(--line); margin: 0.15rem 0 0; padding-left: 0.75rem; }
dd:empty { display: none; }
`;
