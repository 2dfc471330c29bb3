// The example page's workbench: change the looks and see them, try the interface, copy the finished tag.
/// <reference path="../loader/beian.d.ts" />
import type { BeianCall, BeianContext, BeianEvents, BeianLook } from "../loader/beian";

const DEFAULTS: Readonly<Record<string, string>> = {
  color: "#0b57c7",
  position: "right",
  theme: "auto",
  radius: "10",
  offsetX: "16",
  offsetY: "16",
  title: "",
  greeting: "",
  avatar: "",
  language: "zh-CN",
  teaser: "",
};
const EVENTS: readonly (keyof BeianEvents)[] = ["ready", "open", "close", "unread", "message", "answer", "handoff", "error"];
const MOST_LINES = 8;

function find<Kind extends HTMLElement>(selector: string): Kind {
  const found = document.querySelector<Kind>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

function call(...one: BeianCall): void {
  (window.Beian ??= [] as unknown as NonNullable<Window["Beian"]>).push(one);
}

function quoted(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}

/** The tag with the attributes that differ from what it does without them. */
export function tagOf(address: string, look: Readonly<Record<string, string>>): string {
  const attributes = Object.entries(look)
    .filter(([name, value]) => value !== "" && value !== DEFAULTS[name])
    .map(([name, value]) => ` data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}="${quoted(value)}"`);
  return `<script src="${address}" async${attributes.join("")}></script>`;
}

function values(form: HTMLFormElement): Record<string, string> {
  const given = [...new FormData(form)].filter((one): one is [string, string] => typeof one[1] === "string");
  return Object.fromEntries(given.map(([name, value]) => [name, value.trim()]));
}

function start(): void {
  const looks = find<HTMLFormElement>("#looks");
  const matter = find<HTMLFormElement>("#matter");
  const output = find<HTMLElement>("#tag");
  const copied = find<HTMLElement>("#copied");
  const log = find<HTMLElement>("#events");
  const address = new URL("embed.js", location.href).href;

  const show = (): void => {
    const look = values(looks);
    output.textContent = tagOf(address, look);
    copied.textContent = "";
    call("set", { ...look } as unknown as BeianLook);
  };
  looks.addEventListener("input", show);
  looks.addEventListener("reset", () => setTimeout(show));
  output.textContent = tagOf(address, values(looks));

  find("#copy").addEventListener("click", () => {
    navigator.clipboard.writeText(output.textContent ?? "").then(
      () => (copied.textContent = "已复制"),
      () => (copied.textContent = "浏览器不允许复制，请手动选择"),
    );
  });

  matter.addEventListener("submit", (event) => {
    event.preventDefault();
    const context = Object.fromEntries(Object.entries(values(matter)).filter(([, value]) => value));
    call("context", Object.keys(context).length > 0 ? (context as BeianContext) : null);
    call("open");
  });

  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-call]")) {
    button.addEventListener("click", () => {
      const [name = "", given] = (button.dataset.call ?? "").split(":");
      call(...([name, ...(given ? [given] : [])] as unknown as BeianCall));
    });
  }
  for (const name of EVENTS) {
    call("on", name, (detail) => {
      const line = document.createElement("li");
      line.textContent = `${name} ${JSON.stringify(detail)}`;
      log.prepend(line);
      while (log.children.length > MOST_LINES) log.lastElementChild?.remove();
    });
  }
}

if (typeof document !== "undefined") start();
