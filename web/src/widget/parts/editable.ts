// The element one types into. A combobox may be no textarea (HTML forbids the role there) and no input
// (a question may have several lines): an editable element that takes plain text only.

/** What is written in it, without the line break some browsers keep at the end of an editable element. */
export function written(element: HTMLElement): string {
  return element.innerText.replace(/\n$/, "");
}

/** Makes an element editable. */
export function makeEditable(element: HTMLElement): void {
  try {
    element.contentEditable = "plaintext-only";
  } catch {
    // A browser of before 2025: pasted formats show until they are sent, as text.
    element.contentEditable = "true";
  }
}

/** Sets the caret behind the text. */
export function toEnd(element: HTMLElement): void {
  const selection = getSelection();
  selection?.selectAllChildren(element);
  selection?.collapseToEnd();
}
