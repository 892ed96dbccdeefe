/**
 * Gives a frame or window the rules of the end-user page, taken from the sheets of the designer's own document.
 * So a host includes the styles once, by whatever bundler, and a strict Content-Security-Policy needs neither inline
 * styles nor another address: rules of a constructed sheet are no markup.
 */
export function copyPageStyles(from: Document, to: Document): void {
  const Sheet = to.defaultView?.CSSStyleSheet;
  if (!Sheet || !("adoptedStyleSheets" in to)) return;
  const sheet = new Sheet();
  sheet.replaceSync([...from.styleSheets].flatMap(pageRules).join("\n"));
  to.adoptedStyleSheets = [sheet];
}

function pageRules(sheet: CSSStyleSheet): readonly string[] {
  let rules: CSSRuleList;
  try {
    rules = sheet.cssRules;
  } catch {
    // Another origin's sheet cannot be read; ours is never there.
    return [];
  }
  return [...rules].flatMap((rule) => {
    const imported = "styleSheet" in rule ? (rule.styleSheet as CSSStyleSheet | null) : null;
    if (imported) return pageRules(imported);
    return rule.cssText.includes("onceflow-page") ? [rule.cssText] : [];
  });
}
