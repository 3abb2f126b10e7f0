/** Image server: answers what the lamp of a world asks for, each time as an update of the night wants. */
import type { ImageFlaw } from "./happenings.js";
import { IMAGE, type World } from "./world.js";

/** From the question to the answer. */
const LATENCY = 200;
/** The connection ends after so much of the body. */
const LOST_AFTER = 2500;

/** Returns the instants of the questions, which it goes on to fill. */
export function serveImages(world: World): readonly number[] {
	const fetches: number[] = [];
	const { host, night } = world;
	const flaws = night.happenings
		.flatMap((h) => (h.what === "update" ? [{ at: h.at, flaw: h.flaw }] : []))
		.sort((a, b) => a.at - b.at);
	if (flaws.length === 0) return fetches;
	const { open } = host.streams;
	host.streams.open = (target) => {
		fetches.push(host.now);
		const flaw = flaws.filter(({ at }) => at <= host.now).at(-1)?.flaw ?? "none";
		const life = world.boots.length;
		world.at(host.now + LATENCY, () => {
			if (world.boots.length === life && flaw !== "silent") answer(world, flaw);
		});
		return open(target);
	};
	return fetches;
}

function answer(world: World, flaw: ImageFlaw): void {
	const { host } = world;
	const life = world.boots.length;
	host.written.length = 0;
	world.deliver((lamp) => lamp.onStreamOpen(host.now, 0));
	const request = Buffer.from(host.written).toString();
	const from = Number(/Range: bytes=(\d+)-/.exec(request)?.[1] ?? 0);
	const isLost = flaw === "connectionLost" && from === 0;
	const rest = IMAGE.subarray(from);
	const body = Buffer.from(isLost ? rest.subarray(0, LOST_AFTER) : rest);
	if (flaw === "wrongBytes") body[0]! ^= 1;
	const range =
		from > 0 ? `Content-Range: bytes ${from}-${IMAGE.length - 1}/${IMAGE.length}\r\n` : "";
	const head = `HTTP/1.1 ${from > 0 ? 206 : 200} X\r\n${range}Content-Length: ${rest.length}\r\n\r\n`;
	host.incoming = [...Buffer.from(head), ...body];
	world.deliver((lamp) => lamp.onStreamReadable(host.now, 0, host.incoming.length));
	if (!isLost) return;
	world.at(host.now + LATENCY, () => {
		if (world.boots.length === life)
			world.deliver((lamp) => lamp.onStreamClosed(host.now, 0, "closedByPeer"));
	});
}
