/** The technician's guide: its sessions are what firmware and tools say, its wiring is the boards'. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Vault } from "../../../../lib/vault/vault.js";
import { provision } from "../../../../tools/laptop/provision/provision.js";
import { shows } from "../../../support/golden.js";
import { KEPT, KEPT_AS, SECRET } from "../../../support/technician.js";
import { Terminal } from "../../../support/terminal.js";
import { until } from "../../../support/until.js";
import { TestSeat } from "../lampline.js";
import { LampOnLine } from "../lamponline.js";
import { exportOf, type Language, lampOf, open, PAGES, walk } from "./guidelamp.js";

const PHRASE = "correct horse battery";
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };

/** The screen after a row of keys; a number: time passes; a function: something happens. */
function session(
	pole: LampOnLine,
	...steps: (string | number | ((pole: LampOnLine) => void))[]
): string {
	const terminal = new Terminal();
	if (pole.output !== "") terminal.show("luminode> "); // the talk goes on
	for (const step of steps) {
		if (typeof step === "number") terminal.show(pole.pass(step));
		else if (typeof step === "string") terminal.show(pole.type(step === "\r" ? step : `${step}\r`));
		else step(pole);
	}
	return terminal.text.replace(/^machine {2}.*$/m, "machine  ..."); // of this test, and no lamp's
}

describe.each(PAGES)("%s", (language, page) => {
	test("look", () => {
		const pole = lampOf(language);
		pole.host.stored.set(KEPT_AS, KEPT);
		const keys = ["\r", SECRET, "why", "status", "tonight", "events 3", "logout"];
		shows(page, "look", session(pole, ...keys));
	});

	test("mend", () => {
		const steps = ["set floorLevel 130", "set fallTime 20", "show fallTime", "apply", "confirm"];
		const more = ["override 100 60", "why", "clear"];
		shows(page, "mend", session(open(lampOf(language)), ...steps, ...more));
	});

	test("test", () => {
		const pole = open(lampOf(language));
		shows(page, "test", session(pole, "test all", 20_000, walk, 40_000, 40_000));
	});

	test("replace", () => {
		const exported = exportOf(open(lampOf(language)));
		expect(exported.length).toBeGreaterThan(20);
		const young = open(lampOf(language, "L-0042"));
		const paste = (pole: LampOnLine) =>
			void pole.type(
				exported
					.slice(0, -1)
					.map((line) => `${line}\r`)
					.join(""),
			);
		const steps = ["import", paste, exported.at(-1)!, "apply", "confirm", "nodeReplaced"];
		shows(page, "replace", session(young, ...steps));
	});
});

describe("commission", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	/** A factory lamp on its line, and the program at its keyboard, by the guide's own site file. */
	async function commissioned(
		language: Language,
		page: string,
		isTerminal: boolean,
		...args: string[]
	): Promise<string> {
		const [, csv] = /```csv\n([\s\S]*?)```/.exec(readFileSync(`docs/${page}`, "utf8"))!;
		writeFileSync(join(folder, "site.csv"), csv!);
		const vault = join(folder, "city.vault");
		Vault.open(vault, PHRASE, CHEAP).update((content) => ({ ...content }));
		const pole = await new LampOnLine("L-0017").fitBroker().plug();
		pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
		pole.host.deliver((inputs, now) => inputs.onIlluminance(now, 0.3 as never));
		const seat = new TestSeat();
		const { stdin, stdout, stderr, now } = seat;
		Object.assign(stdin, { isTTY: isTerminal });
		const files = ["--site", join(folder, "site.csv"), "--vault", vault];
		files.push("--protocol", join(folder, "p.csv"), "--port", pole.line.name, "--seen");
		const environment = { LUMINODE_PASSPHRASE: PHRASE, LANG: `${language}_BE.UTF-8` };
		const over = provision([...files, ...args], { stdin, stdout, stderr, now, environment });
		await until("it tests itself", () => pole.line.received.includes("test all\r"));
		walk(pole);
		expect([await over, stderr.text]).toEqual([0, ""]);
		await pole.unplug();
		return stdout.text.replaceAll(`${folder}/`, "");
	}

	test.each(PAGES)("one pole: %s", async (language, page) => {
		shows(page, "commission", await commissioned(language, page, true, "--pole", "Q7"));
	});

	test.each(PAGES)("a cart: %s", async (language, page) => {
		const labels = ["--label", join(folder, "labels")];
		shows(page, "cart", await commissioned(language, page, false, "--next", ...labels));
		expect(readFileSync(join(folder, "labels", "pole-Q7.svg"), "utf8")).toContain("L-0017");
	});
});
