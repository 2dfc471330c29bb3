// Starts the widget in its own page: the frame a host page embeds, or the page that is the chat alone.
import { render } from "preact";
import "@chatui/core/dist/index.css";
import "./styles/tokens.css";
import "./styles/widget.css";
import { askedByAddress } from "./address";
import { api } from "./api";
import { App } from "./app";
import { Bridge } from "./bridge";
import { Conversation } from "./store";
import { applySettings, applyTag, readSettings, readTag } from "./theme";

const tag = readTag(location.hash);
const root = document.documentElement;
applyTag(tag, root);
applySettings(readSettings(tag), root);
const bridge = new Bridge(tag.host);
// frame.html has it from the start: a see-through frame must not be painted before this runs.
root.toggleAttribute("data-embedded", bridge.embedded);
const conversation = new Conversation(api);
void conversation.start();
if (!bridge.embedded) askedByAddress(location, history, (question) => conversation.send(question));
render(<App conversation={conversation} bridge={bridge} tag={tag} />, document.getElementById("widget") ?? document.body);
