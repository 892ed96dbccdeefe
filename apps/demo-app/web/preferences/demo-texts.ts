/** The languages of the demo. */
export type DemoLocale = "en" | "fr";

const english = {
  demo: "Demo",
  signedInAs: "Signed in as",
  nobody: "nobody",
  client: "Client",
  language: "Language",
  dark: "Dark",
  designer: "Designer",
  endUserPage: "End-user page",
  signInPage: "Sign in by mail",
  inbox: "Inbox",
  audit: "Audit trail",
  docs: "API",
  download: "ForTestCode JSON",
  loading: "Loading…",
  signInFailed: "The session could not be changed. Load the page again.",
  conflict: "Somebody else saved this component since you loaded it. Export yours, then load the page again.",
  taken: "The server already has another component with this id. Export yours, and give it another id.",
  broken: "The page could not be loaded.",
};

const french: typeof english = {
  demo: "Démo",
  signedInAs: "Connecté en tant que",
  nobody: "personne",
  client: "Client",
  language: "Langue",
  dark: "Sombre",
  designer: "Concepteur",
  endUserPage: "Page de l’utilisateur",
  signInPage: "Connexion par courriel",
  inbox: "Courrier",
  audit: "Journal d’audit",
  docs: "API",
  download: "JSON de ForTestCode",
  loading: "Chargement…",
  signInFailed: "La session n’a pas pu être changée. Rechargez la page.",
  conflict:
    "Quelqu’un d’autre a enregistré ce composant depuis son chargement. Exportez le vôtre, puis rechargez la page.",
  taken:
    "Le serveur a déjà un autre composant avec cet identifiant. Exportez le vôtre et donnez-lui un autre identifiant.",
  broken: "La page n’a pas pu être chargée.",
};

/** The demo's own few texts. */
export function demoTexts(locale: DemoLocale): typeof english {
  return locale === "fr" ? french : english;
}
