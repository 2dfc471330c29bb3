// Which language the interface is in. Simplified Chinese is in the bundle; another one is loaded when asked for.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { zhCN, type Words } from "./zh-CN";

export type { Words };

export const LANGUAGES = ["zh-CN", "zh-TW", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language that is asked for; what has no dictionary counts as simplified Chinese. */
export function asLanguage(given: string | null | undefined): Language {
  return LANGUAGES.find((one) => one === given) ?? "zh-CN";
}

/** The language of answers and of what is asked for the customer, whatever the interface speaks. */
export const ANSWERS: Language = "zh-CN";

/** Address of each other dictionary beside this file, with the digest of its content: build.mjs. */
declare const DICTIONARIES: Record<Exclude<Language, "zh-CN">, string>;

/** The dictionary of a language; simplified Chinese where it cannot be loaded. */
export async function loadWords(language: Language): Promise<Words> {
  if (language === "zh-CN") return zhCN;
  try {
    return ((await import(DICTIONARIES[language])) as { default: Words }).default;
  } catch {
    return zhCN;
  }
}

const WordsContext = createContext<Words>(zhCN);
export const WordsProvider = WordsContext.Provider;

/** What the interface says, in its language. */
export function useWords(): Words {
  return useContext(WordsContext);
}
