import assert from "node:assert/strict";
import { test } from "node:test";
import { tagOf } from "../src/site/configurator";

test("the tag has what differs from the defaults, and nothing can break out of it", () => {
  const address = "https://a.test/embed.js";
  assert.equal(tagOf(address, { color: "#0b57c7", title: "" }), `<script src="${address}" async></script>`);
  assert.equal(
    tagOf(address, { offsetX: "40", title: `"><b>` }),
    `<script src="${address}" async data-offset-x="40" data-title="&quot;>&lt;b>"></script>`,
  );
});
