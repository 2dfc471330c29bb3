// The one tag a host page needs. It adds the widget's frame and does what only the host page can do:
// place the frame, show the unread count in the title, and open the widget from the page's own links.
// Everything the tag's data attributes say is handed to the frame in the address's fragment.
const tag = document.currentScript as HTMLScriptElement;
const base = new URL(".", tag.src);
const data = tag.dataset;
const frame = document.createElement("iframe");
const side = data.position === "left" ? "left" : "right";
const phone = matchMedia("(max-width:480px),(max-height:480px)");
const radius = Number(data.radius ?? 14);
const title = data.title || "备案变更助手";
let open: 0 | 1 | 2 = 0;
let unread = 0;
let waiting: string | undefined;

const place = (): void => {
  // Set through the style object, which a strict style-src does not forbid.
  frame.style.cssText =
    "position:fixed;border:0;color-scheme:light;background:none;z-index:2147483000;" +
    (open
      ? phone.matches
        ? "inset:0;width:100%;height:100%"
        : `bottom:16px;${side}:16px;border-radius:${radius >= 0 ? Math.min(radius, 20) : 14}px;box-shadow:0 12px 48px #0b1b3340,0 0 0 1px #0b1b3314;` +
          `width:min(${open > 1 ? 720 : 408}px,100vw - 32px);height:min(${open > 1 ? 960 : 704}px,100vh - 32px)`
      : `bottom:12px;${side}:12px;width:80px;height:80px`);
};
const tell = (message: unknown): void => frame.contentWindow?.postMessage(message, base.origin);

frame.title = title;
frame.allow = "clipboard-write";
frame.src = base + "frame#" + new URLSearchParams({ ...data, host: location.origin } as Record<string, string>);
place();
phone.onchange = place;

addEventListener("message", ({ source, origin, data: said }) => {
  if (source !== frame.contentWindow || origin !== base.origin || !said) return;
  if (said.beian === "ready" && waiting !== undefined) tell({ beian: "open", ask: waiting });
  if (said.beian !== "state") return;
  open = said.open;
  place();
  // The page may have changed its title meanwhile: only our own prefix is taken off again.
  const plain = unread ? document.title.replace(/^\(\d+\) /, "") : document.title;
  unread = said.unread;
  document.title = unread ? `(${unread}) ${plain}` : plain;
  frame.title = unread ? `${title}，${unread} 条未读消息` : title;
});
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLElement>("[data-beian-open]");
  if (!link) return;
  event.preventDefault();
  tell({ beian: "open", ask: (waiting = link.dataset.beianOpen) });
});
const add = (): void => void document.body.append(frame);
document.body ? add() : addEventListener("DOMContentLoaded", add);

export {};
