import assert from "node:assert/strict";
import { test } from "node:test";
import { accentTokens, contrast, readTag } from "../src/widget/theme";

test("any colour of a host ends up readable", () => {
  for (const color of ["#000000", "#ffffff", "#ffcc00", "#00ff00", "#ff6a00", "#0b57c7", "#7f7f7f", "#001133"]) {
    const token = accentTokens(color) as Record<string, string>;
    const pairs: [string, string][] = [
      ["--accent-light", "#ffffff"],
      ["--accent-dark", "#ffffff"],
      ["--accent-light-text", "#ffffff"],
      ["--accent-light-text", token["--accent-light-soft"] ?? ""],
      ["--accent-dark-text", "#1b2230"],
      ["--accent-dark-text", token["--accent-dark-soft"] ?? ""],
    ];
    for (const [name, ground] of pairs) {
      assert.ok(contrast(token[name] ?? "", ground) >= 4.5, `${color}: ${name} on ${ground}`);
    }
  }
});

test("what a tag says is taken only where it is what it should be", () => {
  const tag = readTag("#color=red;}body{display:none&radius=1e9&theme=neon&position=top&title=&avatar=");
  assert.deepEqual([tag.color, tag.radius, tag.theme, tag.position, tag.title, tag.avatar], [null, null, null, "right", null, null]);
  const good = readTag("#color=%23FF6a00&radius=4&theme=dark&position=left&title=%E5%8A%A9&host=https%3A%2F%2Fa.example");
  assert.deepEqual([good.color, good.radius, good.theme, good.position, good.title], ["#FF6a00", "4", "dark", "left", "助"]);
});
