/**
 * The words of the end-user page. Typed objects instead of a lingui catalog: the page has some thirty texts, hosts
 * load it without the designer, and a missing translation is a compile error.
 */
export interface PageMessages {
  readonly testMode: string;
  readonly codesShow: string;
  readonly signedInAs: (userName: string) => string;
  readonly close: string;
  readonly validUntil: (time: string) => string;
  readonly hiddenOutsideTestMode: string;
  readonly hiddenSecret: string;
  readonly hiddenValue: string;
  readonly expiresIn: string;
  readonly expired: string;
  readonly secondsLeft: (seconds: number) => string;
  readonly enterCode: string;
  readonly fillIn: string;
  readonly wrongCode: string;
  readonly waitUntil: (time: string) => string;
  readonly deadCode: string;
  readonly confirmed: string;
  readonly confirmedHelp: string;
  readonly done: string;
  readonly response: (status: number) => string;
  readonly details: string;
  readonly nothing: string;
  readonly yes: string;
  readonly no: string;
  readonly stepFailed: (step: string) => string;
  readonly runFailed: string;
  readonly whatToDo: string;
  readonly cancelled: string;
  readonly unreachable: string;
  readonly tryAgain: string;
  readonly working: string;
  readonly stepState: Readonly<Record<"done" | "running" | "failed" | "waiting", string>>;
  readonly unknownControl: (type: string) => string;
  readonly noDataflow: string;
  readonly sentTo: (destination: string) => string;
  readonly askExpired: string;
  readonly askWrong: string;
  readonly sending: string;
  readonly notBrought: string;
  readonly notTaken: string;
  readonly availableIn: (label: string, time: string) => string;
}

const en: PageMessages = {
  testMode: "Test mode.",
  codesShow: "Codes show on screen.",
  signedInAs: (userName) => `Signed in as ${userName}`,
  close: "Close",
  validUntil: (time) => `Valid until ${time}. Works once.`,
  hiddenOutsideTestMode: "Hidden: codes show on screen in test mode only.",
  hiddenSecret: "Hidden: this value is secret.",
  hiddenValue: "hidden",
  expiresIn: "Expires in",
  expired: "Expired",
  secondsLeft: (seconds) => `${seconds} seconds left`,
  enterCode: "Enter the code first.",
  fillIn: "Fill this in first.",
  wrongCode: "That code is not right. You can try again.",
  waitUntil: (time) => `Too many tries in a row. Wait until ${time}, then try again.`,
  deadCode: "This code no longer works. Get a new code.",
  confirmed: "Code confirmed.",
  confirmedHelp: "It worked once and cannot be used again.",
  done: "Done.",
  response: (status) => `Response ${status}`,
  details: "Details",
  nothing: "nothing",
  yes: "yes",
  no: "no",
  stepFailed: (step) => `“${step}” did not work.`,
  runFailed: "That did not work.",
  whatToDo: "Try again. If it happens again, tell the people who run this page.",
  cancelled: "Stopped before it was done.",
  unreachable: "Could not reach the server.",
  tryAgain: "Try again",
  working: "Working",
  stepState: { done: "done", running: "running", failed: "failed", waiting: "not yet" },
  unknownControl: (type) => `A control of type “${type}” is not known here.`,
  noDataflow: "This button starts no dataflow yet.",
  sentTo: (destination) => `If the name is right, a code is on its way to ${destination}.`,
  askExpired: "The code has expired. Ask for another one.",
  askWrong: "That code is not right. Try again.",
  sending: "Checking…",
  notBrought: "Could not reach the server. What you typed is still here: try again.",
  notTaken: "This question is no longer open. Start again.",
  availableIn: (label, time) => `${label} (${time})`,
};

const fr: PageMessages = {
  testMode: "Mode test.",
  codesShow: "Les codes s’affichent à l’écran.",
  signedInAs: (userName) => `Connecté en tant que ${userName}`,
  close: "Fermer",
  validUntil: (time) => `Valable jusqu’à ${time}, une seule fois.`,
  hiddenOutsideTestMode: "Masqué : les codes ne s’affichent à l’écran qu’en mode test.",
  hiddenSecret: "Masqué : cette valeur est secrète.",
  hiddenValue: "masqué",
  expiresIn: "Expire dans",
  expired: "Expiré",
  secondsLeft: (seconds) => `Encore ${seconds} secondes`,
  enterCode: "Saisissez d’abord le code.",
  fillIn: "Renseignez d’abord ce champ.",
  wrongCode: "Ce code n’est pas le bon. Vous pouvez réessayer.",
  waitUntil: (time) => `Trop d’essais de suite. Attendez ${time}, puis réessayez.`,
  deadCode: "Ce code ne fonctionne plus. Demandez un nouveau code.",
  confirmed: "Code confirmé.",
  confirmedHelp: "Il a servi une fois et ne peut plus être utilisé.",
  done: "Terminé.",
  response: (status) => `Réponse ${status}`,
  details: "Détails",
  nothing: "rien",
  yes: "oui",
  no: "non",
  stepFailed: (step) => `« ${step} » n’a pas fonctionné.`,
  runFailed: "Cela n’a pas fonctionné.",
  whatToDo: "Réessayez. Si cela se reproduit, prévenez les responsables de cette page.",
  cancelled: "Arrêté avant la fin.",
  unreachable: "Impossible de joindre le serveur.",
  tryAgain: "Réessayer",
  working: "En cours",
  stepState: { done: "terminé", running: "en cours", failed: "échec", waiting: "pas encore" },
  unknownControl: (type) => `Un élément de type « ${type} » n’est pas connu ici.`,
  noDataflow: "Ce bouton ne lance encore aucun flux de données.",
  sentTo: (destination) => `Si le nom est exact, un code est en route vers ${destination}.`,
  askExpired: "Le code a expiré. Demandez-en un autre.",
  askWrong: "Ce code n’est pas le bon. Réessayez.",
  sending: "Vérification…",
  notBrought: "Impossible de joindre le serveur. Votre saisie est conservée : réessayez.",
  notTaken: "Cette question n’est plus ouverte. Recommencez.",
  availableIn: (label, time) => `${label} (${time})`,
};

const catalogs: Readonly<Record<string, PageMessages>> = { en, fr };

/** The page's words in a locale; `fr-CA` falls back to `fr`, any other to English. */
export function pageMessages(locale: string): PageMessages {
  return catalogs[locale.split("-", 1)[0] ?? ""] ?? en;
}
