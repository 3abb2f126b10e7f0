/**
 * The technician's guide, walked from its first line at a pty: picocom and the programs are started by
 * the guide's own blocks, its lines are typed, and every answer is compared with the guide's.
 */
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Vault } from "../../../lib/vault/vault.js";
import { KEPT, KEPT_AS, SECRET } from "../../support/technician.js";
import { Terminal } from "../../support/terminal.js";
import { until } from "../../support/until.js";
import { LampLine } from "../../tools/laptop/lampline.js";
import { LampOnLine } from "../../tools/laptop/lamponline.js";
import {
	exportOf,
	type Language,
	lampOf,
	open,
	PAGES,
	walk,
} from "../../tools/laptop/provision/guidelamp.js";
import { Program, ROOT } from "../support/programs.js";

const DEVICE = "/dev/ttyUSB0";
const PHRASE = "correct horse battery";
const ESCAPE = "\u0001\u0018"; // picocom's Ctrl-A Ctrl-X
const PROMPT = "luminode> ";

type Block =
	| { readonly kind: "sh" | "csv"; readonly text: string }
	| { readonly kind: "session"; readonly name: string; readonly text: string };

/** The blocks of a guide, in its order. */
function blocksOf(guide: string): Block[] {
	const form = /(?:<!-- session: (\w+) -->\n)?```(sh|csv)?\n([\s\S]*?)```/g;
	return [...guide.matchAll(form)].map(([, name, kind, text]) =>
		name === undefined
			? { kind: kind as "sh", text: text! }
			: { kind: "session", name, text: text! },
	);
}

let folder: string;
let running: Program[];
const file = (name: string) => join(folder, name);

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	mkdirSync(file("node_modules/.bin"), { recursive: true });
	symlinkSync(join(ROOT, "tools/luminode.mjs"), file("node_modules/.bin/luminode"));
	running = [];
});
afterEach(async () => {
	for (const program of running) await program.stop("SIGKILL");
	rmSync(folder, { recursive: true });
});

/** SHOW=1 prints the keys of a step, its command among them, and its seconds by the clock. */
function show(step: string, language: Language, keys: number, begun: number): void {
	const seconds = ((performance.now() - begun) / 1000).toFixed(1);
	if (process.env.SHOW) process.stderr.write(`${language} ${step}: ${keys} keys, ${seconds} s\n`);
}

/** A command of the guide, in the folder of the walk, at a terminal of its own. */
function atTerminal(command: string, language: Language): Program {
	const { LUMINODE_PASSPHRASE: _none, ...others } = process.env;
	const env = {
		...others,
		LC_ALL: "",
		LANG: `${language}_BE.UTF-8`,
		NO_COLOR: "1",
		npm_config_loglevel: "silent",
		npm_config_update_notifier: "false",
	};
	const line = command.trim().replaceAll(DEVICE, file("ttyUSB0"));
	writeFileSync(file("command.sh"), `cd ${folder}\n${line}\n`);
	// -d0: a warning of socat itself would stand on the screen
	const args = ["-d0", "-", `EXEC:sh ${file("command.sh")},pty,setsid,ctty,stderr,echo=0`];
	const program = new Program("socat", args, "pipe", env);
	running.push(program);
	return program;
}

/** The cable: a pseudo-terminal at the guide's device, to a TCP port. */
async function cableTo(port: number): Promise<void> {
	const link = file("ttyUSB0");
	const cable = new Program("socat", [
		`PTY,link=${link},raw,echo=0,wait-slave,pty-interval=0.05`,
		`TCP:127.0.0.1:${port}`,
	]);
	running.push(cable);
	await until("the device is there", () => existsSync(link));
}

async function pullCable(): Promise<void> {
	await running.pop()?.stop("SIGKILL");
	await running.pop()?.stop("SIGKILL");
	rmSync(file("ttyUSB0"), { force: true });
}

/** Lines that are typed in a session of the guide, and the effect of one on the world. */
const SESSIONS: Readonly<
	Record<
		string,
		{
			readonly lamp: (language: Language) => LampOnLine;
			readonly first: readonly string[];
			readonly after: (typed: string, pole: LampOnLine, language: Language) => string;
		}
	>
> = {
	look: {
		lamp: (language) => {
			const pole = lampOf(language);
			pole.host.stored.set(KEPT_AS, KEPT);
			return pole;
		},
		first: ["", SECRET],
		after: () => "",
	},
	mend: { lamp: (language) => open(lampOf(language)), first: [], after: () => "" },
	replace: {
		lamp: (language) => open(lampOf(language, "L-0042")),
		first: [],
		after: (typed, pole, language) => {
			if (typed !== "import") return "";
			const lines = exportOf(open(lampOf(language)));
			return lines.map((line) => pole.type(`${line}\r`)).join("");
		},
	},
	test: {
		lamp: (language) => open(lampOf(language)),
		first: [],
		after: (_typed, pole) => {
			const begin = pole.pass(20_000);
			walk(pole);
			return begin + pole.pass(40_000) + pole.pass(40_000);
		},
	},
};

/** Types a session of the guide in picocom. @returns the screen */
async function typed(picocom: string, block: Block & { kind: "session" }, language: Language) {
	const { lamp, first, after } = SESSIONS[block.name]!;
	const pole = lamp(language);
	const isOpen = first.length === 0;
	let waiting = "";
	let isEmpty = true;
	const line = await new LampLine((bytes, say) => {
		waiting += bytes;
		for (let end = waiting.indexOf("\r"); end >= 0; end = waiting.indexOf("\r")) {
			const typedLine = waiting.slice(0, end + 1);
			waiting = waiting.slice(end + 1);
			say(pole.type(typedLine) + (isEmpty ? "" : after(typedLine.trim(), pole, language)));
			isEmpty = false;
		}
	}).plug();
	isEmpty = !isOpen;
	await cableTo(line.port);
	const begun = performance.now();
	const screen = atTerminal(picocom, language);
	await screen.says(/Terminal ready\r?\n/);
	const lines = block.text
		.split("\n")
		.filter((row) => row.startsWith(PROMPT))
		.map((row) => row.slice(PROMPT.length));
	const rows = [picocom, ...first, ...lines].map((row) => `${row}\r`);
	for (const row of rows.slice(1)) screen.type(row);
	const shown = () => {
		const [, output = ""] = screen.output.split(/Terminal ready\r?\n/);
		const terminal = new Terminal();
		if (isOpen) terminal.show(PROMPT);
		terminal.show(output);
		return `${terminal.text.replace(/^machine {2}.*$/m, "machine  ...").trim()}\n`;
	};
	await until("the last answer", () => shown() === block.text).catch(() => {});
	const last = shown();
	screen.type(ESCAPE);
	await screen.ended();
	show(block.name, language, rows.join("").length + ESCAPE.length, begun);
	await line.unplug();
	await pullCable();
	return last;
}

/** Commands of the guide that need a lamp, and the controller that is plugged in for each. */
async function plugIn(pole: LampOnLine): Promise<LampOnLine> {
	await pole.fitBroker().plug();
	pole.restarts();
	pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
	pole.host.deliver((inputs, now) => inputs.onIlluminance(now, 0.3 as never));
	await cableTo(pole.line.port);
	return pole;
}

/** Answers each question as the guide says, and walks past the lamp. @returns exit code and screen */
async function answered(command: string, pole: LampOnLine | undefined, language: Language) {
	const begun = performance.now();
	const program = atTerminal(command, language);
	let keys = command.trim().length + 1;
	let seen = 0;
	let isOver = false;
	let hasWalked = false;
	const questions: readonly (readonly [RegExp, string])[] = [
		[/(passphrase of the vault|phrase de passe du coffre) \S+ ?: $/, `${PHRASE}\r`],
		[/(right pole|bon mât).*\[[yo]\/n\] $/, language === "fr" ? "o" : "y"],
		[/(see it shine|vu éclairer).*\[[yo]\/n\] $/, language === "fr" ? "o" : "y"],
		[/(which pole|quel mât) .*\? $/, "\r"],
		[/(next controller|contrôleur suivant).*\[[yo]\/n\] $/, "n"],
	];
	const over = program.ended().then((code) => {
		isOver = true;
		return code;
	});
	while (!isOver) {
		const fresh = program.output.slice(seen);
		const key = questions.find(([form]) => form.test(fresh))?.[1];
		if (key !== undefined) {
			seen = program.output.length;
			program.type(key);
			keys += key.length;
		}
		if (pole && !hasWalked && pole.line.received.includes("test all\r")) {
			hasWalked = true;
			walk(pole);
		}
		await new Promise((later) => setTimeout(later, 20));
	}
	show(command.trim(), language, keys, begun);
	const screen = program.output.replaceAll("\r\n", "\n");
	const isAsked = (row: string) =>
		/^(passphrase|phrase de passe|which pole|quel mât|\d {2}Q\d)|\[[yo]\/n\] $| socat\[\d+\] [WE] /.test(
			row,
		);
	const text = screen
		.split("\n")
		.filter((row) => !isAsked(row))
		.join("\n");
	return { code: await over, text };
}

describe.each(PAGES)("%s", (language, page) => {
	test("from the first line to the last", async () => {
		const guide = readFileSync(join(ROOT, "docs", page), "utf8");
		const blocks = blocksOf(guide);
		const [, picocom] = /`(picocom [^`]+)`/.exec(guide)!;
		let command = "";
		const walked: string[] = [];
		let pole: LampOnLine | undefined;
		const pass = language === "fr" ? "RÉUSSI mât Q7" : "PASS pole Q7";
		const forget = () => {
			for (const name of ["city.vault", "protocol.csv"]) rmSync(file(name), { force: true });
			Vault.open(file("city.vault"), PHRASE, { N: 2 ** 8, r: 8, p: 1 }).update((content) => ({
				...content,
			}));
		};
		forget();
		writeFileSync(file("luminode.json"), JSON.stringify({ port: file("ttyUSB0") }));
		for (const block of blocks) {
			if (block.kind === "csv") writeFileSync(file("site.csv"), block.text);
			else if (block.kind === "session" && block.name in SESSIONS)
				expect([block.name, await typed(picocom!, block, language)]).toEqual([
					block.name,
					block.text,
				]);
			else if (block.kind === "session") {
				if (block.name === "cart") forget(); // at the depot nothing is done yet
				pole = await plugIn(new LampOnLine("L-0017"));
				const { code, text } = await answered(command, pole, language);
				expect([block.name, code, text]).toEqual([block.name, 0, block.text]);
				await pole.unplug();
				await pullCable();
				expect(existsSync(file("protocol.csv"))).toBe(true);
			} else if (block.text.includes("--summary")) {
				const { code, text } = await answered(block.text, undefined, language);
				expect([code, text]).toEqual([1, expect.stringMatching(/Q8.*quai-8/)]);
				expect(readdirSync(file("labels"))).toEqual(["pole-Q7.svg"]);
			} else if (block.text.includes("--replaces")) {
				const secret = Vault.open(file("city.vault"), PHRASE).read().lamps[0]!.secret;
				const old = pole!;
				old.type(`\u0003plain\rlogin ${secret}\r`);
				writeFileSync(file("quai-7.export"), `${exportOf(old).join("\n")}\n`);
				const young = await plugIn(new LampOnLine("L-0042"));
				const { code, text } = await answered(block.text, young, language);
				expect([code, text]).toEqual([0, expect.stringMatching(new RegExp(`^${pass}$`, "m"))]);
				await young.unplug();
				await pullCable();
			} else command = block.text;
			walked.push(block.kind === "session" ? block.name : block.kind);
		}
		expect(walked).toEqual("look mend csv sh commission sh cart sh sh replace test".split(" "));
	});

	test("the commands within its sentences", async () => {
		const guide = readFileSync(join(ROOT, "docs", page), "utf8");
		const [, csv] = /```csv\n([\s\S]*?)```/.exec(guide)!;
		writeFileSync(file("site.csv"), csv!);
		Vault.open(file("city.vault"), PHRASE, { N: 2 ** 8, r: 8, p: 1 }).update((content) => ({
			...content,
			lamps: [{ serial: "L-0017", nodes: ["quai-7"], secret: SECRET, made: "2026-11-24" }],
		}));
		const inline = [...guide.matchAll(/`(npx luminode [^`]+)`/g)].map(
			([, commandLine]) => commandLine!,
		);
		const run = async (form: RegExp, expected: RegExp) => {
			const command = inline.find((commandLine) => form.test(commandLine));
			expect([form, command]).toEqual([form, expect.anything()]);
			const { code, text } = await answered(command!, undefined, language);
			expect([command, code, text]).toEqual([command, 0, expect.stringMatching(expected)]);
		};
		await run(/vault .*--read/, new RegExp(SECRET));
		await run(/console --list/, /./);
		await run(/--to-text/, /q7\.txt/);
		expect(readFileSync(file("q7.txt"), "utf8")).toContain(SECRET);
		await run(/pole --folder/, new RegExp(`pole/guide-${language}\\.html`));
		expect(readdirSync(file("pole"))).toContain(`guide-${language}.html`);
	});
});
