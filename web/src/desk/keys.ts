// Keys that work everywhere on the page, outside of fields.

export interface Shortcut {
  key: string;
  run(): void;
}

const OFF = "beian.desk.keys";

export function singleKeys(): boolean {
  try {
    return localStorage.getItem(OFF) !== "off";
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
  } catch {
    // Not kept where the browser keeps nothing.
  }
}

export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Whether the key belongs to an input method that is still composing. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** The shortcut a key press stands for; none in fields, in dialogs or with a modifier. */
export function shortcutFor(event: KeyboardEvent, shortcuts: readonly Shortcut[]): Shortcut | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || composing(event)) return undefined;
  if (isField(event.target) || document.querySelector("dialog[open]")) return undefined;
  if (!singleKeys() && event.key !== "/") return undefined;
  return shortcuts.find((shortcut) => shortcut.key === event.key);
}
