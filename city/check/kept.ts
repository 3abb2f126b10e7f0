/**
 * Checks of what a broker keeps: how long a session waits, and what a restart or a crash leaves of it.
 */
import { exec } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { asDesk, opened } from "./connection.js";
import { type Check, type Context, type Finding, fail, notShown, pass } from "./findings.js";
import { type Peer, pause, Refused } from "./peer.js";

/** Seconds: a lamp on a switched feeder that missed one night comes back in the next. */
const EXPIRY_MIN = 2 * 86_400;
/** Orders that wait in the session of the lamp. */
const ORDERS = 50;
/** ms in which a broker that was started again takes connections. */
const AWAKE_WITHIN = 120_000;

const REMEDY =
	"mosquitto: persistence true with a persistence_location, autosave_interval as short as the disk " +
	"bears; RabbitMQ: rabbit_mqtt_retained_msg_store_dets, and quorum queues in a cluster";

export const EXPIRY: Check = {
	name: "expiry: a session waits for two days",
	isNeeded: true,
	remedy:
		"mosquitto: persistent_client_expiration 14d; RabbitMQ: mqtt.max_session_expiry_interval_seconds",
	async run(context) {
		const lamp = await opened(context, { expiry: 0xffff_ffff }).catch((why) => {
			if (why instanceof Refused) return undefined;
			throw why;
		});
		if (!lamp) return notShown("it can be asked in MQTT 5 alone, which the broker refuses");
		const { granted } = lamp;
		await lamp.leave();
		await (await opened(context)).leave(); // a clean session ends it
		if (granted === undefined)
			return notShown("the broker does not say how long; mosquitto: persistent_client_expiration");
		const days = (granted / 86_400).toFixed(1);
		return granted >= EXPIRY_MIN ? pass(`${days} days`) : fail(`it ends after ${days} days`);
	},
};

/** The broker ends by that command, in order or not, and is there again after it. */
const after =
	(word: "restart" | "crash") =>
	async (context: Context): Promise<Finding> => {
		const command = context[word];
		if (command === undefined) return notShown(`give --${word} COMMAND`);
		const run = randomUUID(); // a broker may have saved the messages of an earlier run
		const state = `${context.topicPrefix}/state`;
		const order = `${context.topicPrefix}/command`;
		await (await opened(context)).leave(); // a clean session ends the one before
		const before = await opened(context, { clean: false });
		await before.subscribe(order);
		await before.publish(state, `{"run":"${run}"}`, true);
		await before.leave();
		const desk = await asDesk(context);
		let acknowledged = 0;
		for (let n = 0; n < ORDERS; n++)
			acknowledged += Number(await desk.publish(order, `{"run":"${run}","n":${n}}`));
		await promisify(exec)(command);
		const lamp = await awake(context);
		const { sessionPresent } = lamp;
		const isOfRun = ({ payload }: { payload: string | Buffer }) => String(payload).includes(run);
		const orders = (await lamp.receive(order, ORDERS)).filter(isOfRun).length;
		const reader = await asDesk(context);
		await reader.subscribe(state);
		const isRetained = (await reader.receive(state)).some(isOfRun);
		await lamp.publish(state, "", true);
		await lamp.leave();
		await (await opened(context)).leave();
		const lost = [
			...(isRetained ? [] : ["a retained message"]),
			...(sessionPresent ? [] : ["the session of a lamp"]),
			...(orders < acknowledged
				? [`${acknowledged - orders} of ${acknowledged} orders that it had acknowledged`]
				: []),
		];
		return lost.length > 0
			? fail(`lost: ${lost.join(", ")}`)
			: pass(`${orders} orders, session, retained message`);
	};

/** The lamp, at the broker that starts; by its kept session. */
async function awake(context: Context): Promise<Peer> {
	for (const until = performance.now() + AWAKE_WITHIN; ; await pause(250))
		try {
			return await opened(context, { clean: false });
		} catch (error) {
			if (performance.now() > until) throw error;
		}
}

export const ENDS: readonly Check[] = [
	{
		name: "restart: retained messages, sessions and their orders are there again",
		isNeeded: true,
		remedy: REMEDY,
		run: after("restart"),
	},
	{
		name: "crash: nothing that the broker acknowledged is lost",
		isNeeded: false,
		remedy: `${REMEDY}; the programs count the events that are missing`,
		run: after("crash"),
	},
];
