// How the widget looks: what the host page's tag says, and what the customer chose.
import { read, write } from "./storage";
import { asLanguage, type Language } from "./words";

export interface Tag {
  host: string | null;
  title: string | null;
  greeting: string | null;
  avatar: string | null;
  color: string | null;
  radius: string | null;
  position: "left" | "right";
  theme: Theme | null;
  language: Language;
  /** Whether the button in the corner is shown. */
  launcher: boolean;
  /** What the button says of itself once a session: the page's words, our own where it has none, or nothing. */
  teaser: string | boolean;
  /** Whether an unread reply shows its first line beside the button. */
  preview: boolean;
}

export type Theme = (typeof THEMES)[number];

export interface Settings {
  theme: Theme;
  large: boolean;
}

export const THEMES = ["auto", "light", "dark"] as const;

function asTheme(text: string | null): Theme | null {
  return THEMES.find((one) => one === text) ?? null;
}

const OFF = /^(off|false)$/;

/**
 * Reads the tag's data attributes from the fragment of the frame's address, and what the page `said` since
 * over them. Unusable values count as absent.
 */
export function readTag(fragment: string, said: Readonly<Record<string, string>> = {}): Tag {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  for (const [name, value] of Object.entries(said)) if (name !== "host") given.set(name, value);
  const off = (name: string): boolean => OFF.test(given.get(name) ?? "");
  const teaser = given.get("teaser");
  const color = given.get("color");
  const radius = given.get("radius");
  return {
    host: given.get("host"),
    title: given.get("title") || null,
    greeting: given.get("greeting") || null,
    avatar: given.get("avatar") || null,
    color: color !== null && /^#[0-9a-f]{6}$/i.test(color) ? color : null,
    radius: radius !== null && /^\d{1,2}$/.test(radius) ? radius : null,
    position: given.get("position") === "left" ? "left" : "right",
    theme: asTheme(given.get("theme")),
    language: asLanguage(given.get("language")),
    launcher: !off("launcher"),
    teaser: !off("teaser") && (!teaser || /^(on|true)$/.test(teaser) || teaser),
    preview: !off("preview"),
  };
}

export function readSettings(tag: Tag): Settings {
  return { theme: asTheme(read("theme")) ?? tag.theme ?? "auto", large: read("large") === "1" };
}

export function keepSettings(settings: Settings): void {
  write("theme", settings.theme);
  write("large", settings.large ? "1" : null);
}

type Rgb = [number, number, number];

function parse(color: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)) as Rgb;
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(parse(a)), luminance(parse(b))].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function mix(color: string, other: string, share: number): string {
  const [from, to] = [parse(color), parse(other)];
  return `#${from
    .map((part, at) => Math.round(part * (1 - share) + (to[at] ?? 0) * share).toString(16).padStart(2, "0"))
    .join("")}`;
}

/** The colour itself, or as little darker or lighter as it takes to be read on all the grounds (4.5 : 1). */
export function readable(color: string, grounds: readonly string[], towards: string): string {
  for (let share = 0; share <= 1; share += 0.04) {
    const tried = mix(color, towards, share);
    if (grounds.every((ground) => contrast(tried, ground) >= 4.6)) return tried;
  }
  return towards;
}

/** Tokens for a host's colour, in light and dark. Any colour ends up readable. */
export function accentTokens(color: string): Record<string, string> {
  const solid = readable(color, ["#ffffff"], "#000000");
  return {
    "--accent-light": solid,
    "--accent-light-text": readable(color, ["#ffffff", mix("#ffffff", color, 0.12), "#f4f6fa"], "#000000"),
    "--accent-light-soft": mix("#ffffff", color, 0.1),
    "--accent-dark": solid,
    "--accent-dark-text": readable(color, ["#1b2230", mix("#1b2230", color, 0.2)], "#ffffff"),
    "--accent-dark-soft": mix("#1b2230", color, 0.2),
  };
}

const TOKENS = Object.keys(accentTokens("#000000"));

export function applyTag(tag: Tag, root: HTMLElement): void {
  // Through the style object: a strict style-src forbids style attributes, not this.
  for (const name of TOKENS) if (!tag.color) root.style.removeProperty(name);
  if (tag.color) {
    for (const [name, value] of Object.entries(accentTokens(tag.color))) root.style.setProperty(name, value);
  }
  if (tag.radius === null) root.style.removeProperty("--radius");
  else root.style.setProperty("--radius", `${Math.min(Number(tag.radius), 20)}px`);
  root.dataset.position = tag.position;
}

export function applySettings(settings: Settings, root: HTMLElement): void {
  root.dataset.theme = settings.theme;
  root.toggleAttribute("data-large", settings.large);
}
