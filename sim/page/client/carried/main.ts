/** Main: the page that carries its simulation, which runs in a Web Worker. */
import { bytesOfBase64 } from "../../../../lib/bytes.js";
import type { CarriedKit, CarriedTown, TownKit } from "../../../browser/kit.js";
import { open } from "../opened.js";
import { valuesIn } from "../state/address.js";
import { use } from "../state/requests.js";
import { connect, model } from "../state/street.js";
import { WorkerChannel } from "../state/workerchannel.js";
import { openDocuments } from "./documents.js";
import { onEngine } from "./exchange.js";
import { addressOf, ENGINE, KIT, parsed, piece, TOWN, WORKER } from "./pieces.js";

const fail = (why: string): void => {
	model.ended = { why, next: false };
	model.changed();
};

function townOf({ town, nights, ...rest }: CarriedTown): TownKit {
	const made = Object.entries(nights).map(([option, text]) => [option, bytesOfBase64(text)]);
	return {
		...rest,
		town: bytesOfBase64(town),
		nights: Object.fromEntries(made) as TownKit["nights"],
	};
}

/** What a browser before 2023 may lack; an engine and its lamps also need memory, which the run reports. */
const NEEDED = ["WebAssembly", "Worker", "DecompressionStream"];

async function carried(): Promise<void> {
	const missing = NEEDED.find((name) => !(name in globalThis));
	if (missing !== undefined)
		throw new Error(
			`this street needs a browser of 2023 or later; this one has no ${missing}. Cette rue demande un navigateur de 2023 ou plus récent ; celui-ci n'a pas ${missing}.`,
		);
	const [engine, { values, hasTown, ...kit }, script] = await Promise.all([
		piece(ENGINE),
		parsed<CarriedKit>(KIT),
		addressOf(WORKER, "text/javascript"),
	]);
	const town = hasTown ? { town: townOf(await parsed<CarriedTown>(TOWN)) } : {};
	const channelWith = (module: Uint8Array) => {
		const begin = { kit: { ...kit, ...town, engine: module }, values };
		return new WorkerChannel(script, { ...begin, address: valuesIn(location.hash) }, fail);
	};
	let channel = channelWith(engine);
	openDocuments(() => channel);
	onEngine((module) => {
		channel.end();
		channel = channelWith(module);
		use(channel);
		connect();
	});
	open(channel);
}

carried().catch((error: Error) => {
	const line = document.createElement("p");
	line.className = "failed";
	line.textContent = `luminode: ${error.message}`;
	const app = document.getElementById("app")!;
	app.className = "notices";
	app.replaceChildren(line);
});
