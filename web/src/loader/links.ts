// The page's own links and buttons with data-beian-open.

const NAME = "data-beian-open";

export interface Opener {
  /** The frame has said that it is there. */
  ready(): boolean;
  /** Opens it, or keeps the wish until it is there. */
  open(question: string, from: HTMLElement): void;
}

function marked(event: Event): HTMLElement | undefined {
  // The path, not the target: that may lie in a shadow tree, or be the document itself.
  return event.composedPath().find((one) => (one as Element).hasAttribute?.(NAME)) as HTMLElement | undefined;
}

/** Listens for clicks on them; the result ends that. `chat` is the address of the page that is the chat alone. */
export function listen(opener: Opener, chat: string): () => void {
  const onClick = (event: MouseEvent): void => {
    const link = marked(event);
    if (!link) return;
    const question = link.getAttribute(NAME) ?? "";
    const address = (link as HTMLAnchorElement).href;
    // Wherever the link is opened, it asks the same.
    if (question && address && address.replace(/#ask=.*/, "") === chat) {
      (link as HTMLAnchorElement).href = `${chat}#ask=${encodeURIComponent(question)}`;
    }
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    // Until the frame is there, and where it may not come, a link is a link.
    if (address && !opener.ready()) return;
    event.preventDefault();
    opener.open(question, link);
  };
  // Before anyone can stop it on its way up.
  addEventListener("click", onClick, true);
  addEventListener("auxclick", onClick, true);
  return () => {
    removeEventListener("click", onClick, true);
    removeEventListener("auxclick", onClick, true);
  };
}
