/** The look of the hosted page: a house of its own, which is not the shop's. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: light-dark(#f6f7f9, #15171a); --sheet: light-dark(#fff, #1d2024);
  --ink: light-dark(#1b1f24, #eceef0); --quiet: light-dark(#57606a, #a4acb5); --line: light-dark(#8b949e, #6b747d);
  --act: light-dark(#0b5cad, #8cc2ff); --on-act: light-dark(#fff, #0a1a2b); --wrong: light-dark(#a4161a, #ff9b94); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
.banner { margin: 0; padding: 8px 16px; text-align: center; font-size: 14px; background: #ffd166; color: #3a2c00; }
main { max-width: 30rem; margin: 32px auto; padding: 24px; background: var(--sheet); border-radius: 12px; }
h1 { margin: 8px 0; font-size: 22px; line-height: 1.3; }
a { color: var(--act); }
.quiet { color: var(--quiet); margin: 0 0 16px; }
.email .quiet { margin: 0 8px 0 0; }
.field { margin-bottom: 16px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
label { display: block; margin-bottom: 4px; font-size: 14px; font-weight: 600; }
input { width: 100%; min-height: 44px; padding: 8px 12px; font: inherit; color: inherit; background: var(--sheet);
  border: 1px solid var(--line); border-radius: 8px; }
input[aria-invalid] { border-color: var(--wrong); }
button { width: 100%; min-height: 44px; padding: 8px 16px; font: inherit; font-weight: 600; border-radius: 8px;
  border: 1px solid var(--act); background: var(--act); color: var(--on-act); cursor: pointer; }
button.other { background: transparent; color: var(--act); }
.choices { display: grid; gap: 12px; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.wrong, .refusal { color: var(--wrong); }
.wrong { margin: 4px 0 0; font-size: 14px; }
.refusal { padding: 12px; border: 1px solid var(--wrong); border-radius: 8px; }
details { margin-top: 24px; font-size: 14px; }
summary { font-weight: 600; cursor: pointer; }
table { width: 100%; border-collapse: collapse; }
td { padding: 4px 8px 4px 0; vertical-align: top; }
code { white-space: nowrap; }
@media (max-width: 34rem) { main { margin: 0; border-radius: 0; } code { white-space: normal; } }
`
