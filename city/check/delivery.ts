/** Checks of delivery: sessions, order, repeats, sizes, queues, a flood, a node that dies. */
import { exec } from "node:child_process";
import { connectTo } from "../broker.js";
import { OWN_ORDERS } from "../contract.js";
import { asAlarm, asDesk, opened } from "./connection.js";
import { type Check, type Context, fail, judged, notShown, pass } from "./findings.js";
import { pause } from "./peer.js";

const ORDERED = 200;
/** Bytes of the greatest payload of the contract. */
const SIZE = 2_048;
/** Messages a second, and for how many, while a node dies. */
const PACE = 20;
const PACE_FOR = 300;

const numbered = (n: number) => `{"n":${n}}`;
const numberIn = (payload: string | Buffer): number => {
	try {
		return Number((JSON.parse(String(payload)) as { n: number }).n);
	} catch {
		return Number.NaN;
	}
};

/** A kept session of the lamp, empty, with its own orders subscribed. */
async function keptSession(context: Context): Promise<void> {
	const fresh = await opened(context); // a clean session ends the one before
	await fresh.leave();
	const lamp = await opened(context, { clean: false });
	await lamp.subscribe(`${context.topicPrefix}/command`, `${context.topicPrefix}/emergency`);
	await lamp.leave();
}

async function forget(context: Context): Promise<void> {
	await (await opened(context)).leave();
}

export const DELIVERY: readonly Check[] = [
	{
		name: "SUBACK: QoS 1 for each filter of a lamp",
		isNeeded: true,
		remedy:
			"the account of a lamp must be permitted to read its orders (npx luminode vault --broker)",
		async run(context) {
			const filters = [
				...[...OWN_ORDERS, "settings/desired/light"].map(
					(kind) => `${context.topicPrefix}/${kind}`,
				),
				...["group/quay", "all"].flatMap((who) =>
					["command", "emergency"].map((kind) => `${context.site}/${who}/${kind}`),
				),
			];
			const lamp = await opened(context);
			const codes = await lamp.subscribe(...filters);
			if (codes === undefined) return fail("no SUBACK");
			if (codes.length !== filters.length)
				return fail(`${codes.length} return codes for ${filters.length} filters`);
			const refused = filters.filter((_filter, n) => codes[n] !== 1);
			return judged(
				refused.length === 0,
				`${filters.length} filters`,
				`refused: ${refused.join(", ")}`,
			);
		},
	},
	{
		name: "order: messages of a topic in the order in which they were sent, each once",
		isNeeded: true,
		remedy:
			"the broker must follow [MQTT-4.6.0-5]; a bridge or gate between must not send in parallel",
		async run(context) {
			const topic = `${context.topicPrefix}/event`;
			const desk = await asDesk(context);
			await desk.subscribe(topic);
			const lamp = await opened(context);
			for (let n = 0; n < ORDERED; n++) lamp.push(topic, numbered(n));
			await desk.receive(topic, ORDERED, 5 * context.within);
			await pause(context.within / 4);
			const got = desk.messages.map(({ payload }) => numberIn(payload));
			const doubled = got.length - new Set(got).size;
			const lost = ORDERED - new Set(got).size;
			const first = got.findIndex((n, at) => at > 0 && n < got[at - 1]!);
			if (lost > 0) return fail(`${lost} of ${ORDERED} lost`);
			if (doubled > 0)
				return fail(`${doubled} of ${ORDERED} doubled without a break of the connection`);
			return judged(
				first < 0,
				`${ORDERED} messages`,
				`number ${got[first]} after ${got[first - 1]}`,
			);
		},
	},
	{
		name: "kept session: orders wait for a lamp that is away",
		isNeeded: true,
		remedy:
			"mosquitto: persistent_client_expiration, queue_qos0_messages is not needed; RabbitMQ: " +
			"mqtt.max_session_expiry_interval_seconds",
		async run(context) {
			const topic = `${context.topicPrefix}/command`;
			await keptSession(context);
			const desk = await asDesk(context);
			await desk.publish(topic, numbered(1));
			await desk.publish(topic, numbered(2));
			const lamp = await opened(context, { clean: false });
			const got = (await lamp.receive(topic, 2)).map(({ payload }) => numberIn(payload));
			const { sessionPresent } = lamp;
			await lamp.leave();
			await forget(context);
			if (!sessionPresent) return fail("the session is not present after the reconnection");
			return judged(got.join() === "1,2", "two orders waited", `${got.length} of 2 orders came`);
		},
	},
	{
		name: "clean session: nothing is kept",
		isNeeded: true,
		remedy: "the broker must follow [MQTT-3.1.2-6]",
		async run(context) {
			await keptSession(context);
			const lamp = await opened(context);
			const { sessionPresent } = lamp;
			const desk = await asDesk(context);
			await desk.publish(`${context.topicPrefix}/command`, numbered(1));
			await lamp.receive(`${context.topicPrefix}/command`, 1, context.within / 2);
			const { length } = lamp.messages;
			return judged(
				!sessionPresent && length === 0,
				"no session, no subscription",
				"it is still there",
			);
		},
	},
	{
		name: "repeat: an order without PUBACK comes again with DUP and its identifier",
		isNeeded: true,
		remedy: "the broker must follow [MQTT-4.4.0-1] and [MQTT-3.3.1-1]",
		async run(context) {
			const topic = `${context.topicPrefix}/command`;
			await keptSession(context);
			const lamp = await opened(context, { clean: false });
			lamp.isAcknowledging = false;
			const desk = await asDesk(context);
			await desk.publish(topic, numbered(1));
			const [first] = await lamp.receive(topic);
			lamp.cut();
			const again = await opened(context, { clean: false });
			const [second, third] = await again.receive(topic);
			await again.leave();
			const after = await opened(context, { clean: false });
			await after.receive(topic, 1, context.within / 2);
			const later = after.messages.length;
			await after.leave();
			await forget(context);
			if (!first || !second) return fail(first ? "it does not come again" : "it does not come");
			if (!second.dup) return fail("it comes again without DUP");
			if (third || later > 0) return fail("it comes again after its PUBACK");
			return second.messageId === first.messageId
				? pass("DUP, same identifier")
				: pass("DUP, another identifier (the lamp accepts that)");
		},
	},
	{
		name: "sizes: 2,048 bytes both ways, the longest topic",
		isNeeded: true,
		remedy:
			"mosquitto: message_size_limit 4096 or more; RabbitMQ: mqtt.max_packet_size_authenticated",
		async run(context) {
			const payload = JSON.stringify({ check: "x".repeat(SIZE - 12) });
			const desk = await asDesk(context);
			await desk.subscribe(`${context.topicPrefix}/settings/reported/calendar`);
			const lamp = await opened(context);
			await lamp.subscribe(`${context.topicPrefix}/command`);
			lamp.push(`${context.topicPrefix}/settings/reported/calendar`, payload);
			desk.push(`${context.topicPrefix}/command`, payload);
			const [up] = await desk.receive(`${context.topicPrefix}/settings/reported/calendar`);
			const [down] = await lamp.receive(`${context.topicPrefix}/command`);
			const isWhole = (message: typeof up) => message?.payload.length === payload.length;
			return judged(
				isWhole(up) && isWhole(down),
				`${payload.length} bytes`,
				"a message is cut or lost",
			);
		},
	},
	{
		name: "queue: a flood of orders for a lamp that is away is kept",
		isNeeded: false,
		remedy: "mosquitto: max_queued_messages 10000; RabbitMQ: no max-length policy for mqtt queues",
		async run(context) {
			const topic = `${context.topicPrefix}/command`;
			await keptSession(context);
			const desk = await asDesk(context);
			for (let n = 0; n < context.flood - 1; n++) desk.push(topic, numbered(n));
			await desk.publish(topic, numbered(context.flood - 1));
			const lamp = await opened(context, { clean: false });
			const got = await lamp.receive(topic, context.flood, 5 * context.within);
			await lamp.leave();
			await forget(context);
			return judged(
				new Set(got.map(({ payload }) => numberIn(payload))).size === context.flood,
				`${context.flood} orders`,
				`${got.length} of ${context.flood} orders`,
			);
		},
	},
	{
		name: "an emergency beside a flood of orders arrives",
		isNeeded: true,
		remedy: "mosquitto: max_queued_messages 10000, above any flood; RabbitMQ: no max-length policy",
		async run(context) {
			const [topic, emergency] = [
				`${context.topicPrefix}/command`,
				`${context.topicPrefix}/emergency`,
			];
			await forget(context);
			const lamp = await opened(context);
			await lamp.subscribe(topic, emergency);
			lamp.isAcknowledging = false; // a lamp reads 32 packets each tenth of a second
			const [desk, alarm] = [await asDesk(context), await asAlarm(context)];
			for (let n = 0; n < context.flood - 1; n++) desk.push(topic, numbered(n));
			await desk.publish(topic, numbered(context.flood - 1));
			await alarm.publish(emergency, numbered(0));
			lamp.isAcknowledging = true;
			for (const message of [...lamp.messages]) lamp.acknowledge(message);
			const got = await lamp.receive(emergency, 1, 5 * context.within);
			const { length } = lamp.messages;
			return judged(
				got.length === 1,
				`behind ${context.flood} orders`,
				`it is lost; ${length} of ${context.flood} orders came`,
			);
		},
	},
];

/** The last check: a node is gone after it. */
export const DEATH: Check = {
	name: "a node dies while lamps report: nothing is lost",
	isNeeded: true,
	remedy: "RabbitMQ: three nodes, mqtt.durable_queue_type = quorum, pause_minority",
	async run(context) {
		const { kill, desk, lamp, topicPrefix } = context;
		if (kill === undefined || desk.address.urls.length < 2)
			return notShown("give the nodes with commas between them, and --kill COMMAND");
		const topic = `${topicPrefix}/event`;
		// the operator on the last node, the lamp on the first: either may be the one that dies
		const backwards = { ...desk.address, urls: [...desk.address.urls].reverse() };
		const got = new Set<number>();
		const kept = { clientId: desk.clientId, clean: false, resubscribe: true };
		const reader = await connectTo(backwards, kept);
		reader.on("message", (_topic, payload) => void got.add(numberIn(payload)));
		await reader.subscribeAsync(topic, { qos: 1 });
		const writer = await connectTo(lamp.address, { clientId: lamp.clientId });
		let acknowledged = 0;
		for (let n = 0; n < PACE_FOR; n++) {
			if (n === PACE_FOR / 3) exec(kill);
			void writer.publishAsync(topic, numbered(n), { qos: 1 }).then(() => acknowledged++);
			await pause(1000 / PACE);
		}
		const until = performance.now() + NODE_WITHIN;
		while (got.size < PACE_FOR && performance.now() < until) await pause(100);
		await Promise.all([reader.endAsync(true), writer.endAsync(true)]);
		return judged(
			got.size === PACE_FOR,
			`${PACE_FOR} messages`,
			`${PACE_FOR - got.size} of ${PACE_FOR} lost (${acknowledged} acknowledged)`,
		);
	},
};

/** ms for what waits, after the last message. */
const NODE_WITHIN = 30_000;
