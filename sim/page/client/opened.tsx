/** Opened: the page joins a simulation and is drawn. */
import "./state/language.js";
import { render } from "preact";
import type { Channel } from "../channel.js";
import { App } from "./app.js";
import { use } from "./state/requests.js";
import { connect } from "./state/street.js";

export function open(channel: Channel): void {
	use(channel);
	connect();
	render(<App />, document.getElementById("app")!);
}
