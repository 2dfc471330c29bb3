// The one tag a host page needs. It adds the widget's frame and `window.Beian`, once a page however often
// and by whatever it is loaded: beian.d.ts says what the page may do with it.
import type { BeianCall } from "./beian";
import { start } from "./widget";

/** The tag that loads this file. A module, or code put in by a tag manager, is not told which one it is. */
function ownTag(): HTMLScriptElement | undefined {
  const current = document.currentScript as HTMLScriptElement | null;
  const tags = current?.src ? [current] : [...document.scripts].reverse();
  return tags.find((one) => /\/embed\.js$/.test(one.src.replace(/[?#].*/, "")));
}

const found = window.Beian;
if (!found || Array.isArray(found)) {
  const tag = ownTag();
  if (tag) start(new URL(".", tag.src), { ...tag.dataset }, (found as BeianCall[] | undefined) ?? []);
  else console.warn("备案变更助手没有显示：页面里没有 src 以 /embed.js 结尾的 script 标签。");
}
