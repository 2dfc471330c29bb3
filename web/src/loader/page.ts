// What an open window changes on the page around it, and puts back: title, scrolling, Back, printing.
import { fillsScreen } from "./place";

const MARK = "beian";

/** The unread count in the page's title; only our own prefix is ever taken off. */
export function counter(): (count: number) => void {
  let shown = 0;
  return (count) => {
    const plain = shown ? document.title.replace(/^\(\d+\) /, "") : document.title;
    if (count !== shown) document.title = count ? `(${count}) ${plain}` : plain;
    shown = count;
  };
}

/** While the window fills the screen the page behind it holds still. */
export function stiller(): (on: boolean) => void {
  const style = document.documentElement.style;
  let before: string | null = null;
  return (on) => {
    if (on === (before !== null)) return;
    if (on) before = style.overflow;
    style.overflow = on ? "hidden" : (before ?? "");
    if (!on) before = null;
  };
}

/** Back closes a window that fills the screen, instead of leaving the page. */
export function backer(close: () => void): { show(open: boolean): void; end(): void } {
  let ours = false;
  const marked = (): boolean => Boolean((history.state as Record<string, unknown> | null)?.[MARK]);
  const onPop = (): void => {
    if (!ours || marked()) return;
    ours = false;
    close();
  };
  addEventListener("popstate", onPop);
  return {
    show(open) {
      if (open && fillsScreen() && !ours) {
        ours = true;
        // The page's router keeps what it has noted in the state.
        if (!marked()) history.pushState({ ...(history.state as object | null), [MARK]: 1 }, "");
      } else if (!open && ours) {
        ours = false;
        if (marked()) history.back();
      }
    },
    end: () => removeEventListener("popstate", onPop),
  };
}

/** Tells when the page is printed, and when that is over. */
export function onPrint(run: (on: boolean) => void): () => void {
  const media = matchMedia("print");
  const change = (): void => run(media.matches);
  const begin = (): void => run(true);
  const end = (): void => run(false);
  media.addEventListener("change", change);
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  return () => {
    media.removeEventListener("change", change);
    removeEventListener("beforeprint", begin);
    removeEventListener("afterprint", end);
  };
}
