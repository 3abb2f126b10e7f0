/**
 * Update: a signed image over HTTPS into the other slot, its probation, and the way back by a restart.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { SW_VERSION } from "../../../src/version.js";
import { withVersion } from "../../../tools/emulator/version.js";
import { signing } from "../../../tools/image/signing.js";
import { Authority } from "../support/certificates.js";
import { type Bench, HERE, NODE, SECTIONS, stored } from "./bench.js";
import { dated, Hall, identity, leastFree, link, securedBroker } from "./broker.js";
import { claim, onBench, type Place, type Step } from "./steps.js";

const LEAD_ms = 10_000;
const NEXT = SW_VERSION.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));

export const update: Step = {
	name: "update",
	claim:
		"a signed image over HTTPS starts from the other slot, and a restart on probation goes back",
	run: (place) => onBench(place, (bench) => rolledBack(place, bench)),
};

async function rolledBack(place: Place, bench: Bench): Promise<string> {
	place.ahead = 0;
	const city = new Authority(bench.folder, "city");
	const { file, header, key } = signedImage(bench);
	const server = await serve(city, readFileSync(file));
	const broker = await securedBroker(city);
	const hall = new Hall(broker.port + 1);
	try {
		const keys = stored({ ...SECTIONS, link: link(broker.port, true) });
		bench.flashWith({ ...keys, ...identity(city), "update.key": key });
		await bench.controller.start();
		await hall.ear.says(new RegExp(`${NODE}/status .*"online":true`));
		await dated(place, bench);
		const { port } = server.address() as AddressInfo;
		const offer = { id: "proof-1", url: `https://${HERE}:${port}/next.bin`, header };
		const notBefore = new Date(Date.now() + LEAD_ms).toISOString(); // a late offer waits up to ten minutes
		const asked = performance.now();
		const payload = JSON.stringify({ ...offer, notBefore, spread: 0, whileOccupied: true });
		await hall.publish(`${NODE}/update`, payload, "-r");
		await bench.until(() => {
			claim(!hall.ear.output.includes('"updateFailed"'), hall.ear.output.slice(-1500));
			return bench.lives === 2 && bench.life.duties.length > 1;
		});
		const took = Math.round((performance.now() - asked) / 1000);
		const [began] = bench.life.duties;
		const next = await identityOf(bench);
		claim(next.swVersion === NEXT, `after the update ${next.swVersion} runs, not ${NEXT}`);
		claim(next.powerCause === "update", `its cause of start is ${next.powerCause}`);
		await hall.ear.says(new RegExp(`"swVersion":"${NEXT.replaceAll(".", "\\.")}"`));
		const free = await leastFree(bench);
		const line = await bench.openConsole();
		await line.do("restart");
		await line.close();
		await bench.until(() => bench.lives === 3 && bench.life.duties.length > 1);
		const back = await identityOf(bench);
		claim(back.swVersion === SW_VERSION, `after the restart ${back.swVersion} runs`);
		await hall.ear.says(/"updateReverted"/);
		claim(!hall.ear.output.includes('"updateFailed"'), "the download was cut on its way");
		return `${readFileSync(file).length} bytes in ${took} s; ${NEXT} lit with duty ${began?.duty}; back to ${back.swVersion}; least free heap ${free} bytes`;
	} finally {
		await hall.ear.stop();
		await broker.stop();
		server.closeAllConnections();
		server.close();
	}
}

async function identityOf(bench: Bench): Promise<{ swVersion: string; powerCause: string }> {
	const line = await bench.openConsole();
	const { body } = await line.do("status");
	await line.close();
	return JSON.parse(body.find((part) => part.includes('"identity"'))!);
}

/** The image under its next version, signed by a key made for it. */
function signedImage(bench: Bench): { file: string; header: string; key: string } {
	const file = join(bench.folder, "next.bin");
	writeFileSync(file, withVersion(bench.image.firmware, SW_VERSION, NEXT));
	const keys = join(bench.folder, "keys");
	signed(["keys", keys, "--name", "city"]);
	const about = ["--hardware", "emulator/1", "--version", NEXT, "--counter", "1"];
	signed(["image", file, "--key", join(keys, "city.key"), ...about]);
	const [header, key] = [`${file}.header`, join(keys, "city.public")].map((path) =>
		readFileSync(path, "utf8").trim(),
	);
	return { file, header: header!, key: key! };
}

function signed(args: readonly string[]): void {
	const { status, text } = signing(args);
	claim(status === 0, text);
}

/** Serves one file over TLS 1.3, by ranges. */
async function serve(city: Authority, image: Buffer): Promise<Server> {
	const { cert, key } = city.sign("images", { san: `IP:${HERE}` });
	const server = createServer({ cert, key, minVersion: "TLSv1.3" }, (request, response) => {
		const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
		const length = image.length - from;
		const range = { "Content-Range": `bytes ${from}-${image.length - 1}/${image.length}` };
		response.writeHead(from > 0 ? 206 : 200, {
			"Content-Length": length,
			...(from > 0 ? range : {}),
		});
		response.end(image.subarray(from));
	});
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	return server;
}
