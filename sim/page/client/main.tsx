/** Main: the page's program: joins the simulator and renders the page. */
import { render } from "preact";
import { App } from "./app.js";
import { connect } from "./state/street.js";

connect();
render(<App />, document.getElementById("app")!);
