/**
 * Server: the page of the street, on the loopback interface (routes.ts has its answers).
 */
import { createServer } from "node:http";
import type { StreetImage } from "../../images/catalogue.js";
import { listenNear } from "../../ports/ports.js";
import type { OfferedImage } from "../messages.js";
import { loadAssets } from "./assets.js";
import { Feed } from "./feed.js";
import { readForms } from "./orderforms.js";
import { Routes } from "./routes.js";
import type { ServerOptions } from "./serveroptions.js";
import { SettingsDesk } from "./settingsdesk.js";

/** A browser's connection outlives a stretch in which the street keeps the machine busy, ms. */
const KEEP_ALIVE = 60_000;
/** Time for the last messages at the end, ms of wall clock. */
const FAREWELL = 1_000;

export interface PageServer {
	readonly url: string;
	readonly port: number;
	/**
	 * Reports the end of the run to the pages, with `why` if it failed, and ends; `next`: another
	 * run follows.
	 */
	close(why?: string, next?: boolean): Promise<void>;
}

/** Bundles the page and serves it; rejects if the page does not build or no port is free. */
export async function startServer(options: ServerOptions): Promise<PageServer> {
	const assets = await loadAssets();
	const forms = readForms();
	const { view, network, images, happenings, scenarios, faults } = options;
	const settings = new SettingsDesk(view.settings(), (lamp, section, payload) =>
		network.publish(network.topicOf(lamp, `settings/desired/${section}`), payload, {
			retain: true,
		}),
	);
	const { lamps, spacing_m, seed, epochUtc, zone, maxSpeedAllowed, command, scenario } = view;
	const { oldPower_W, ledPower_W } = options;
	const welcome = {
		lamps,
		spacing_m,
		seed,
		epochUtc,
		zone,
		maxSpeedAllowed,
		command,
		scenario,
		isRecorded: options.recorded !== undefined,
		scenarios,
		faults,
		oldPower_W,
		ledPower_W,
		hasTown: options.town !== undefined,
		orders: forms,
		images: (images?.list ?? []).map(offeredOf),
	};
	const feed = new Feed({ view, network, happenings, settings, welcome });
	if (images)
		images.server.onServed((lamp, path, bytes, of) =>
			feed.onServed(lamp, path.slice(1), bytes, of),
		);
	const routes = new Routes({ options, feed, assets, forms, settings });
	const server = createServer((request, response) => routes.answer(request, response));
	server.keepAliveTimeout = KEEP_ALIVE;
	const port = await listenNear(server, options.port);
	return {
		port,
		url: `http://127.0.0.1:${port}/`,
		async close(why, next = false) {
			const closed = new Promise<void>((done) => server.close(() => done()));
			feed.close(why, next);
			routes.close();
			server.closeIdleConnections();
			const late = setTimeout(() => server.closeAllConnections(), next ? 0 : FAREWELL);
			await closed;
			clearTimeout(late);
		},
	};
}

const offeredOf = ({ name, version, counter, hardware, bytes }: StreetImage): OfferedImage => ({
	name,
	version,
	counter,
	hardware,
	bytes: bytes.length,
});
