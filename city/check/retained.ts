/** Checks of retained messages and wills. */
import { asDesk, opened } from "./connection.js";
import { type Check, type Context, judged, notShown } from "./findings.js";
import { pause } from "./peer.js";

/** Beginning of the names of lamps whose settings are retained for a check. */
const MANY = "broker-check-many";

const text = (context: Context, what: string) => `{"check":"${what}","at":${context.now()}}`;

/** Publishes a retained message and reads it by that filter with a new subscription. */
async function isKept(context: Context, filter: string, at?: number): Promise<boolean> {
	const topic = `${context.topicPrefix}/state`;
	const body = text(context, filter);
	const lamp = await opened(context);
	await lamp.publish(topic, body, true);
	const desk = await asDesk(context, at === undefined ? {} : { at });
	await desk.subscribe(filter);
	const [message] = await desk.receive(topic);
	await desk.leave();
	await lamp.publish(topic, "", true);
	await lamp.leave();
	return message?.retain === true && String(message.payload) === body;
}

export const RETAINED: readonly Check[] = [
	{
		name: "retained: an exact filter gets the message",
		isNeeded: true,
		remedy: "retained messages must be on; RabbitMQ: mqtt.retained_message_store",
		async run(context) {
			const isRight = await isKept(context, `${context.topicPrefix}/state`);
			return judged(isRight, "given to a new subscription", "nothing is given");
		},
	},
	{
		name: "retained: a wildcard filter gets the messages",
		isNeeded: false,
		remedy:
			"RabbitMQ has no setting for it: use exact filters, and the order report; mosquitto has it",
		async run(context) {
			const isRight = await isKept(context, `${context.site}/+/state`);
			return judged(isRight, "given to a new subscription", "nothing is given");
		},
	},
	{
		name: "retained: a wildcard filter gets those of all lamps",
		isNeeded: true,
		remedy:
			"mosquitto: max_queued_messages above the number of lamps; a program that reads all lamps " +
			"gets ten retained messages of each",
		async run(context) {
			const topics = Array.from(
				{ length: context.flood },
				(_, n) => `${context.site}/${MANY}-${n}/settings/desired/light`,
			);
			const desk = await asDesk(context);
			const every = async (payload: string) => {
				for (const topic of topics.slice(1)) desk.push(topic, payload, true);
				return desk.publish(topics[0]!, payload, true); // acknowledged behind the others
			};
			await every("{}");
			const reader = await asDesk(context, { clientId: `${context.desk.clientId}-2` });
			reader.isAcknowledging = false; // as a program that stores before it acknowledges
			await reader.subscribe(`${context.site}/+/settings/desired/light`);
			await reader.receive(undefined, context.flood, context.within / 2);
			reader.isAcknowledging = true;
			for (const message of [...reader.messages]) reader.acknowledge(message);
			const got = await reader.receive(undefined, context.flood, context.within);
			await every("");
			if (got.length === 0) return notShown("none is given to a wildcard filter");
			return judged(
				got.length >= context.flood,
				`of ${context.flood} lamps`,
				`of ${got.length} of ${context.flood} lamps`,
			);
		},
	},
	{
		name: "retained: an order set before the lamp connects",
		isNeeded: true,
		remedy: "the account of the operator must be permitted to retain under settings/desired",
		async run(context) {
			const topic = `${context.topicPrefix}/settings/desired/light`;
			const desk = await asDesk(context);
			await desk.publish(topic, text(context, "desired"), true);
			const lamp = await opened(context);
			await lamp.subscribe(topic);
			const [message] = await lamp.receive(topic);
			await desk.publish(topic, "", true);
			return judged(message?.retain === true, "given to the lamp", "nothing is given");
		},
	},
	{
		name: "retained: an empty message removes it",
		isNeeded: true,
		remedy: "the broker must follow [MQTT-3.3.1-10]",
		async run(context) {
			const topic = `${context.topicPrefix}/state`;
			const lamp = await opened(context);
			await lamp.publish(topic, text(context, "empty"), true);
			await lamp.publish(topic, "", true);
			const desk = await asDesk(context);
			await desk.subscribe(topic);
			const found = (await desk.receive(topic)).filter(({ payload }) => payload.length > 0);
			return judged(found.length === 0, "it is gone", "it is given to a new subscription");
		},
	},
	{
		name: "RETAIN is off in a live message",
		isNeeded: true,
		remedy: "the broker must follow [MQTT-3.3.1-9]: an order with RETAIN is refused by the lamp",
		async run(context) {
			const topic = `${context.topicPrefix}/state`;
			const desk = await asDesk(context);
			await desk.subscribe(topic);
			const lamp = await opened(context);
			await lamp.publish(topic, text(context, "live"), true);
			const messages = await desk.receive(topic);
			await lamp.publish(topic, "", true);
			const isRight = messages.length > 0 && messages.every(({ retain }) => !retain);
			const wrong = messages.length === 0 ? "no message came" : "RETAIN is set";
			return judged(isRight, "off", wrong);
		},
	},
	{
		name: "retained: the same on every node",
		isNeeded: false,
		remedy: "RabbitMQ: its retained store is of one node alone; connect the operator to each node",
		async run(context) {
			const { length } = context.desk.address.urls;
			if (length < 2) return { verdict: "not shown", seen: "one address was given" };
			for (let at = 1; at < length; at++)
				if (!(await isKept(context, `${context.topicPrefix}/state`, at)))
					return judged(false, `a message of the first node is not given by node ${at + 1}`);
			return judged(true, `${length} nodes`);
		},
	},
	{
		name: "will: published when the connection breaks, and retained",
		isNeeded: true,
		remedy: "the account of a lamp must be permitted to publish its own status",
		async run(context) {
			const topic = `${context.topicPrefix}/status`;
			const desk = await asDesk(context);
			await desk.subscribe(topic);
			const payload = Buffer.from(text(context, "will"));
			const will = { topic, payload, qos: 1 as const, retain: true };
			const lamp = await opened(context, { will });
			lamp.cut();
			const isPublished = (await desk.receive(topic)).length > 0;
			const later = await asDesk(context, { clientId: `${context.desk.clientId}-2` });
			await later.subscribe(topic);
			const [kept] = await later.receive(topic);
			const again = await opened(context);
			await again.publish(topic, "", true);
			if (!isPublished) return judged(false, "no will came");
			return judged(kept?.retain === true, "published and retained", "published, and not retained");
		},
	},
	{
		name: "will: not published after DISCONNECT",
		isNeeded: true,
		remedy: "the broker must follow [MQTT-3.14.4-3]",
		async run(context) {
			const topic = `${context.topicPrefix}/status`;
			const desk = await asDesk(context);
			await desk.subscribe(topic);
			const body = text(context, "no will");
			const payload = Buffer.from(body);
			const lamp = await opened(context, { will: { topic, payload, qos: 1, retain: false } });
			await lamp.leave();
			await pause(context.within / 2);
			const isWill = desk.messages.some((message) => String(message.payload) === body);
			return judged(!isWill, "none", "a will came"); // a message of before may be late
		},
	},
];
