/** Sentences: each form of a text in two languages is found in the sources. */
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { sentences } from "../../../tools/docs/sentences.js";
import { sentencesPage } from "../../../tools/docs/sentencespage.js";
import { noneLeft } from "../../support/mend.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const all = sentences(root);

test.each([
	["src/console/french.ts", "loggedOut", "logged out", "session fermée"],
	["src/console/french.ts", "", "wifiNotFound", "Wi-Fi introuvable"],
	["src/console/questions.ts", "tonight", /without presence$/, /sans présence$/],
	["src/settings/faults.ts", "tooManyDays", "24 days at most", "24 jours au plus"],
	["src/settings/rules.ts", "RULES", "needs a siteKey", "exige une siteKey"],
	["src/settings/light.ts", "hold", /^Time for which/, /^Temporisation :/],
	["src/explain/chaintext.ts", "override", /^Order/, /^L'ordre/],
	["tools/laptop/text/runtexts.ts", "passed", "PASS", "RÉUSSI"],
	["tools/pole/client/words.ts", "yes", "Yes", "Oui"],
	["sim/page/client/words/show.ts", "oldLamps", "Old lamps", "Anciens luminaires"],
	["sim/report/words.ts", "seed", "seed {seed}", "graine {seed}"],
	["sim/scenarios/cyclist.yaml", "title", "Follow one cyclist", "Suivre un cycliste"],
	["town/reading/importtexts.ts", "lights", "{0} lights", "{0} points lumineux"],
	["city/citizens/answer.ts", "PARTS", "its movement sensor", "son détecteur de mouvement"],
])("%s: %s", (path, name, en, fr) => {
	const like = (text: string | RegExp) =>
		typeof text === "string" ? text : expect.stringMatching(text);
	expect(all.get(path)).toContainEqual({ name, en: like(en), fr: like(fr) });
});

test("no sentence is without its French", () => {
	const rows = [...all].flatMap(([path, texts]) => texts.map((text) => ({ path, ...text })));
	expect(rows.length).toBeGreaterThan(2_000);
	const half = rows.filter(({ en, fr }) => en === "" || fr === "");
	noneLeft(
		half.map(({ path, name, en, fr }) => `${path}: ${name} (${en || fr})`),
		"write the text in the other language, too, beside its neighbours there",
	);
});

test("the page has a section for each file and a row for each text", () => {
	const page = sentencesPage(new Map([["a.ts", [{ name: "x", en: "a | b", fr: "c" }]]]));
	expect(page).toContain("## a.ts\n\n| English | français |\n|---|---|\n| a \\| b | c |\n");
});
