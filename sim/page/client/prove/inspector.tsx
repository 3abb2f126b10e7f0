/**
 * Inspector: everything about one lamp: why it shines so, its night, the light on the road, settings,
 * orders, events, serial line and firmware.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useModel, useSpeech } from "../state/street.js";
import { BetweenPoles } from "./betweenpoles.js";
import { Console } from "./console.js";
import { LampLog } from "./lamplog.js";
import { NightAhead } from "./nightahead.js";
import { Orders } from "./orders.js";
import { SettingsForm } from "./settingsform.js";
import { Updates } from "./updates.js";
import { Why } from "./why.js";

const TABS = ["why", "night", "field", "settings", "orders", "events", "console"] as const;
type Tab = (typeof TABS)[number] | "updates";

interface InspectorProps {
	readonly lamp: number | undefined;
	/** UTC, ms, of a chosen instant. */
	readonly time: number | undefined;
	/** Only why and forecast: beside the picture. */
	readonly brief?: boolean;
	readonly onClose?: () => void;
}

export function Inspector({ lamp, time, brief, onClose }: InspectorProps): JSX.Element {
	const speech = useSpeech();
	const hasImages = useModel(({ welcome }) => (welcome?.images.length ?? 0) > 0);
	const [tab, setTab] = useState<Tab>("why");
	if (lamp === undefined)
		return (
			<section class="inspector empty" aria-label={speech.say("inspector")}>
				<p class="hint">{speech.say("inspector.choose")}</p>
			</section>
		);
	const tabs: readonly Tab[] = brief
		? ["why", "night", "orders"]
		: hasImages
			? [...TABS, "updates"]
			: TABS;
	const shown = tabs.includes(tab) ? tab : "why";
	const onKeyDown = (event: KeyboardEvent) => {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (step === undefined) return;
		event.preventDefault();
		const next = tabs[(tabs.indexOf(shown) + step + tabs.length) % tabs.length]!;
		setTab(next);
		document.getElementById(`tab-${next}`)?.focus();
	};
	return (
		<section class="inspector" aria-label={speech.say("inspector")}>
			<header>
				<h2>{speech.say("lamp", { lamp })}</h2>
				<div class="tabs" role="tablist" aria-label={speech.say("lamp", { lamp })}>
					{tabs.map((tabName) => (
						<button
							type="button"
							role="tab"
							key={tabName}
							id={`tab-${tabName}`}
							aria-selected={tabName === shown}
							aria-controls="tab-panel"
							tabIndex={tabName === shown ? 0 : -1}
							onClick={() => setTab(tabName)}
							onKeyDown={onKeyDown}
						>
							{speech.say(`tab.${tabName}`)}
						</button>
					))}
				</div>
				{onClose && (
					<button type="button" class="round" aria-label={speech.say("close")} onClick={onClose}>
						✕
					</button>
				)}
			</header>
			<div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${shown}`}>
				{shown === "why" && <Why lamp={lamp} time={time} />}
				{shown === "night" && <NightAhead lamp={lamp} />}
				{shown === "field" && <BetweenPoles lamp={lamp} time={time} />}
				{shown === "settings" && <SettingsForm key={lamp} lamp={lamp} />}
				{shown === "orders" && <Orders key={lamp} lamp={lamp} />}
				{shown === "events" && <LampLog lamp={lamp} />}
				{shown === "console" && <Console key={lamp} lamp={lamp} />}
				{shown === "updates" && <Updates lamp={lamp} />}
			</div>
		</section>
	);
}
