/**
 * App: the page at the pole: files, lamp, settings, forecast, tests, commissioning, terminal.
 *
 * All of it works without a network. The lamp is spoken to in its plain mode alone.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Language, type Text, verbatim } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import { CertificateView } from "./certificateview.js";
import { Chart } from "./chart.js";
import { CommissionView } from "./commission.js";
import type { Desk, Shared } from "./desk.js";
import { FilesView } from "./filesview.js";
import { nightAt, settingsOf } from "./forecast.js";
import { Lamp } from "./lamp.js";
import { LampView } from "./lampview.js";
import { RecordView } from "./recordview.js";
import { type Port, portsOf } from "./serialline.js";
import { SettingsView } from "./settingsview.js";
import { TerminalView } from "./terminalview.js";
import { TestsView } from "./testsview.js";
import { say } from "./words.js";

const NOTHING: Shared = {
	isOpen: false,
	isUnsaved: false,
	site: undefined,
	vault: undefined,
	protocol: "",
	values: new Map(),
	pole: "",
};

/** In both languages, as the language may be changed while it is shown. */
function textOfError(error: Error): Text {
	return error instanceof Trouble ? error.text : verbatim(error.message);
}

export function App(): JSX.Element {
	const [language, setLanguage] = useState<Language>(
		navigator.language.startsWith("fr") ? "fr" : "en",
	);
	const [shared, setShared] = useState<Shared>(NOTHING);
	const [lamp, setLamp] = useState<Lamp>();
	const [trouble, setTrouble] = useState<Text>();
	const [, redraw] = useState(0);
	const queue = useRef<Promise<void>>(Promise.resolve());
	document.documentElement.lang = language;
	useEffect(() => {
		if (!shared.isUnsaved) return undefined;
		const stay = (event: Event) => event.preventDefault();
		addEventListener("beforeunload", stay);
		return () => removeEventListener("beforeunload", stay);
	}, [shared.isUnsaved]);
	const ports = portsOf(navigator);
	const change = (more: Partial<Shared>) => setShared((before) => ({ ...before, ...more }));
	const run = (work: () => Promise<void>) => {
		setTrouble(undefined);
		queue.current = queue.current
			.then(work)
			.catch((error: Error) => setTrouble(textOfError(error)));
	};
	const connect = (port: Port) =>
		run(async () => {
			const opened = await Lamp.open(
				port,
				() => redraw((count) => count + 1),
				() => {
					setLamp(undefined);
					change({ isOpen: false });
					setTrouble({ en: say("en", "gone"), fr: say("fr", "gone") });
				},
			);
			setLamp(opened);
			change({ isOpen: opened.talk.state === "open" });
		});
	const disconnect = () =>
		run(async () => {
			await lamp?.close();
			setLamp(undefined);
			change({ isOpen: false });
		});
	const plan = shared.site?.poles.find(({ pole }) => pole === shared.pole);
	const values = shared.values.size > 0 ? shared.values : (plan?.values ?? new Map());
	const night = nightAt(settingsOf(values), Date.now(), language);
	const desk: Desk = { ...shared, language, lamp, run, change };
	return (
		<main>
			<header>
				<h1>{say(language, "title")}</h1>
				{(["en", "fr"] as const).map((each) => (
					<button
						key={each}
						type="button"
						aria-pressed={each === language}
						onClick={() => setLanguage(each)}
					>
						{each === "en" ? "English" : "Français"}
					</button>
				))}
				{ports &&
					(lamp ? (
						<button type="button" onClick={disconnect}>
							{say(language, "disconnect")}
						</button>
					) : (
						<button type="button" onClick={() => void ports.requestPort().then(connect, () => {})}>
							{say(language, "connect")}
						</button>
					))}
			</header>
			<p class="how">
				<a href={`guide-${language}.html`}>{say(language, "guide")}</a>
			</p>
			{!ports && <p role="status">{say(language, "noSerial")}</p>}
			<p class="trouble" role="alert">
				{trouble?.[language]}
			</p>
			<CommissionView desk={desk} plan={plan} />
			<FilesView desk={desk} pole={shared.pole} />
			<LampView desk={desk} />
			<SettingsView desk={desk} values={values} />
			<section aria-label={say(language, "forecast")}>
				<h2>{say(language, "forecast")}</h2>
				<Chart night={night} language={language} />
			</section>
			<TestsView desk={desk} />
			<RecordView desk={desk} />
			<CertificateView desk={desk} />
			<TerminalView desk={desk} />
		</main>
	);
}
