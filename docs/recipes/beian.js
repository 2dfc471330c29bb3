// For single-page apps: puts the assistant on the page, and gives back what takes it off again.
export function mountBeian(address, look = {}) {
  const tag = document.createElement("script");
  tag.src = `${address}/embed.js`;
  tag.async = true;
  for (const [name, value] of Object.entries(look)) tag.dataset[name] = String(value);
  document.head.append(tag);
  return () => {
    tag.remove();
    // Loaded or not: before embed.js has run, the wish waits for it.
    (window.Beian = window.Beian || []).push(["destroy"]);
  };
}
