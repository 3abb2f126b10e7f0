/** Page: the street in a browser; joins the updates, the scene, the lamps' buttons and the panel. */
import type { Ended, Update, Welcome } from "../messages.js";
import { byId, post } from "./dom.js";
import { Lamps } from "./lamps.js";
import { Model } from "./model.js";
import { Offering } from "./offering.js";
import { Panel } from "./panel.js";
import { Rollout } from "./rollout.js";
import { Scene } from "./scene.js";
import { type Language, preferredLanguage, Speech } from "./words.js";

/** Speeds offered, virtual seconds per second; `null`: unlimited. */
const SPEEDS: readonly (number | null)[] = [0, 1, 10, 60, 600, null];
/** Two updates, ms. */
const SETTLE = 200;

const model = new Model();
let choosing = 0;
/** The run is over. */
let ended: Ended | undefined;
const street = byId("street");
const scene = new Scene(byId("scene") as HTMLCanvasElement, model);
let speech = new Speech(preferredLanguage(navigator.language), "UTC");
const panel = new Panel(model, () => speech);
const offering = new Offering(model, () => speech);
const rollout = new Rollout(model, () => speech);
const lamps = new Lamps(
	byId("lamps") as HTMLOListElement,
	model,
	scene,
	() => speech,
	(lamp) => {
		panel.choose(lamp);
		offering.choose(lamp);
	},
);

/** Every text of the page in the chosen language. */
function translate(language: Language): void {
	speech = new Speech(language, model.welcome?.zone ?? "UTC");
	document.documentElement.lang = language;
	for (const element of document.querySelectorAll<HTMLElement>("[data-word]"))
		element.textContent = speech.say(element.dataset.word ?? "");
	for (const element of document.querySelectorAll<HTMLElement>("[data-label]"))
		element.setAttribute("aria-label", speech.say(element.dataset.label ?? ""));
	for (const input of document.querySelectorAll<HTMLInputElement>("[name=language]"))
		input.checked = input.value === language;
	makeSpeeds();
	showWhere();
	showUpdate();
	showEnd();
	lamps.refresh();
	panel.translate();
	offering.translate();
	rollout.translate();
}

function makeSpeeds(): void {
	const box = byId("speeds");
	for (const old of box.querySelectorAll("label")) old.remove();
	for (const speed of SPEEDS) {
		const label = document.createElement("label");
		const input = document.createElement("input");
		input.type = "radio";
		input.name = "speed";
		input.value = String(speed);
		input.disabled = speed === null && model.welcome?.maxSpeedAllowed === false;
		input.checked = model.update?.speed === speed;
		input.addEventListener("change", () => void choose(speed));
		const text = document.createElement("span");
		text.className = "option";
		text.textContent =
			speed === 0 ? speech.say("pause") : speed === null ? speech.say("max") : `${speed}×`;
		label.append(input, text);
		box.append(label);
	}
}

/** Updates under way when a speed was chosen must not revert the choice. */
async function choose(speed: number | null): Promise<void> {
	choosing++;
	await post("/speed", { speed });
	setTimeout(() => choosing--, SETTLE);
}

function showUpdate(): void {
	const { update, welcome } = model;
	if (!update || !welcome) return;
	const { totals } = update;
	set("clock", speech.clock(update.utc));
	set("date", speech.date(update.utc));
	set("sun", speech.say("sun", { degrees: speech.number(update.sun, 1) }));
	set("lux", speech.say("lux", { lux: speech.number(update.lux, update.lux < 10 ? 1 : 0) }));
	const told = totals.reporting > 0;
	set("used", told ? speech.number(totals.energy_kWh, 3, "kWh") : "–");
	set("saved", told ? speech.number(totals.saved_kWh, 3, "kWh") : "–");
	set("online", `${totals.online} / ${welcome.lamps}`);
	set("published", speech.number(totals.published, 0));
	if (choosing > 0) return;
	for (const input of document.querySelectorAll<HTMLInputElement>("[name=speed]"))
		input.checked = input.value === String(update.speed);
}

function set(id: string, text: string): void {
	const element = byId(id);
	if (element.textContent !== text) element.textContent = text;
}

function showWhere(): void {
	const { welcome } = model;
	if (!welcome) return;
	const { broker, consolePort, seed } = welcome;
	const fill = { broker: broker ?? "", port: consolePort ?? "", seed };
	set("where", speech.say(broker && consolePort ? "where" : "whereSilent", fill));
}

function showEnd(): void {
	const box = byId("ended");
	const why = ended?.why;
	box.hidden = !ended;
	box.classList.toggle("failed", typeof why === "string");
	if (ended)
		box.textContent = typeof why === "string" ? speech.say("failed", { why }) : speech.say("ended");
}

function resize(): void {
	scene.resize(street.clientWidth, street.clientHeight);
	const width = `${scene.pitch * (model.welcome?.lamps ?? 0)}px`;
	byId("road").style.width = width;
	lamps.layOut();
}

function listen(): void {
	const events = new EventSource("/events");
	events.addEventListener("welcome", (event) => {
		model.onWelcome(JSON.parse(event.data) as Welcome);
		rollout.clear();
		byId("state").textContent = "";
		ended = undefined; // another run at the same port
		translate(speech.language);
		resize();
	});
	events.addEventListener("update", (event) => {
		const changed = model.onUpdate(JSON.parse(event.data) as Update, performance.now());
		showUpdate();
		lamps.refresh(changed);
		rollout.refresh(changed);
		if (panel.lamp !== undefined && changed.includes(panel.lamp)) panel.refresh();
	});
	events.addEventListener("ended", (event) => {
		ended = JSON.parse(event.data) as Ended;
		showEnd();
	});
	events.addEventListener("error", () => {
		byId("state").textContent = speech.say("lost"); // the browser tries again by itself
	});
}

street.addEventListener("scroll", () => {
	scene.scroll = street.scrollLeft;
	lamps.layOut();
});
new ResizeObserver(resize).observe(street);
byId("languages").addEventListener("change", (event) => {
	if (event.target instanceof HTMLInputElement)
		translate(event.target.value === "fr" ? "fr" : "en");
});
requestAnimationFrame(function frame(now) {
	scene.paint(now);
	requestAnimationFrame(frame);
});
translate(speech.language);
listen();
