// Starts the agents' desk.
import { render } from "preact";
import "../shared/tokens.css";
import "../shared/base.css";
import "./styles/page.css";
import { App } from "./app";
import { DeskContext } from "./context";
import { Desk } from "./store";
import { applyTheme, readTheme } from "./theme";

applyTheme(readTheme());
const desk = new Desk();
void desk.start();
const place = document.getElementById("desk") ?? document.body;
render(
  <DeskContext.Provider value={desk}>
    <App />
  </DeskContext.Provider>,
  place,
);
