// Starts the widget in its own page: the frame a host page embeds, or the page that is the chat alone.
import { render } from "preact";
import "../shared/tokens.css";
import "../shared/base.css";
import "./styles/page.css";
import { askedByAddress } from "./address";
import { api } from "./api";
import { App } from "./app";
import { Bridge } from "./bridge";
import { Conversation } from "./store";
import { applySettings, applyTag, readSettings, readTag } from "./theme";
import { loadWords } from "./words";

const language = new URLSearchParams(location.search).get("lang");
const tag = readTag(location.hash, language ? { language } : {});
const root = document.documentElement;
applyTag(tag, root);
applySettings(readSettings(tag), root);
const bridge = new Bridge(tag.host);
// frame.html has it from the start: a see-through frame must not be painted before this runs.
root.toggleAttribute("data-embedded", bridge.embedded);
const conversation = new Conversation(api);
void conversation.start();
if (!bridge.embedded) askedByAddress(location, history, (question) => conversation.send(question));
void loadWords(tag.language).then((words) =>
  render(<App conversation={conversation} bridge={bridge} tag={tag} words={words} />, document.getElementById("widget") ?? document.body),
);
