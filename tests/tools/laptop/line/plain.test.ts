/** A talk in plain mode with a lamp that is slow, scripted here line by line. */
import { createServer, type Socket } from "node:net";
import { expect, test } from "@jest/globals";
import { openLine } from "../../../../tools/laptop/line/line.js";
import { Plain } from "../../../../tools/laptop/line/plain.js";
import { refusalOf } from "../../../../tools/laptop/text/lampwords.js";

/** Hears lines on the loopback; `answer` is called with each and with how many came so far. */
async function lampThat(answer: (line: string, index: number, socket: Socket) => void) {
	let count = 0;
	const server = createServer((socket) => {
		socket.on("error", () => {});
		socket.on("data", (bytes) => {
			for (const line of bytes.toString().split("\r").slice(0, -1)) {
				count += 1;
				answer(line.replace("\u0003", ""), count, socket);
			}
		});
	});
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const address = server.address() as { port: number };
	return { server, port: `tcp:127.0.0.1:${address.port}` };
}

test("answers to greetings that come late are none of the next command's", async () => {
	let greetings = 0;
	const { server, port } = await lampThat((line, _nth, socket) => {
		const [word, mark] = line.split(" ");
		if (word === "plain") greetings += 1;
		const answer =
			word === "plain" ? `ok plain 1 open quai-7 ${mark}` : '{"part":"identity"}\r\nok';
		setTimeout(() => socket.write(`${answer}\r\n`), 1_300); // the patience of the first greeting is 1 s
	});
	const talk = await Plain.open(port, openLine);
	try {
		expect([talk.state, talk.node, greetings]).toEqual(["open", "quai-7", 2]);
		expect(await talk.ask("status")).toEqual({
			body: ['{"part":"identity"}'],
			reason: undefined,
			text: "",
		});
	} finally {
		await talk.close();
		server.close();
	}
});

test("a greeting that was lost is asked again", async () => {
	const { server, port } = await lampThat((line, index, socket) => {
		const [word, mark] = line.split(" ");
		if (index > 1) socket.write(word === "plain" ? `ok plain 1 new fake-7 ${mark}\r\n` : "ok\r\n");
	});
	const talk = await Plain.open(port, openLine);
	try {
		expect([talk.state, talk.node]).toEqual(["new", "fake-7"]);
		expect((await talk.ask("status")).body).toEqual([]);
	} finally {
		await talk.close();
		server.close();
	}
});

test.each([
	["notDone", "", "not done", "non effectué"],
	[
		"notDone",
		"not done: the stored settings are in force, nothing is on trial",
		"the stored settings are in force, nothing is on trial",
		"les réglages conservés sont en vigueur, rien n'est à l'essai",
	],
	[
		"notDone",
		"not done: bank could not be stored",
		"bank could not be stored",
		"bank n'a pas pu être conservé",
	],
	["notDone", "non effectué : autre chose", "autre chose", "autre chose"],
	[
		"noClock",
		"rejected",
		"no trusted clock; time shows how to set it",
		"pas d'horloge fiable ; time montre comment la régler",
	],
])("a refusal, %s %s, is a sentence in both languages", (reason, answer, en, fr) => {
	expect(refusalOf(reason, answer)).toEqual({ en, fr });
});
