/**
 * Luminode: the pole as mcsim draws it, for `hosts/desktop/panel/main.ts`.
 *
 * From the lamp: duty (0..1), level, reason, presence, photocell. To it: presence and lux. mcsim loads
 * every file of this folder as a simulator; the imports are its own modules.
 */
import { ButtonsRow, ControlsColumn, SliderRow } from "ControlsPane";
import { DeviceBehavior, DeviceContainer, DeviceScreen } from "DevicePane";

const NIGHT_lx = 2;

class PoleBehavior extends DeviceBehavior {
	onConfigure(container) {
		this.postJSON(container, { lux: this.lux ?? NIGHT_lx, presence: false });
	}
	onJSON(container, json) {
		container.distribute("onLampState", json);
	}
	onPirDown(container) {
		this.postJSON(container, { presence: true });
	}
	onPirUp(container) {
		this.postJSON(container, { presence: false });
	}
	onLuxChanged(container, data) {
		this.lux = data.value;
		this.postJSON(container, { lux: data.value });
	}
}

/** The lamp's head, its glow on the ground, and its text: level, reason, sensors. */
class LampBehavior extends Behavior {
	onCreate() {
		this.state = { duty: 0 };
	}
	onLampState(port, json) {
		this.state = { ...this.state, ...json };
		port.invalidate();
	}
	onDraw(port) {
		const { duty, level, reason, presence, photocell, relay } = this.state;
		const hex = (value) => Math.round(value).toString(16).padStart(2, "0");
		const shine = (share) => {
			const white = 32 + 223 * share;
			return `#${hex(white)}${hex(white * 0.86)}${hex(white * 0.5)}`;
		};
		port.fillColor("#101018", 0, 0, port.width, port.height);
		for (
			let ring = 5;
			ring > 0;
			ring -= 1 // the glow, brighter inwards
		)
			port.fillColor(shine(duty / ring), 120 - 22 * ring, 46, 44 * ring, 8 + 50 * ring);
		port.fillColor("#606068", 20, 30, 10, port.height - 90); // pole
		port.fillColor("#606068", 20, 30, 120, 8); // arm
		port.fillColor(shine(duty), 90, 38, 60, 12); // head
		const line = (text, nth) => port.drawLabel(text, 8, port.height - 52 + 18 * nth, 224, 18);
		line(`${level ?? "?"} %, ${reason ?? "?"}${relay === false ? ", relay open" : ""}`, 0);
		line(`${presence ?? "?"}, photocell ${photocell ?? "?"}`, 1);
	}
}

const wordStyle = new Style({
	font: "semibold 14px Open Sans",
	color: "white",
	horizontal: "left",
});

export default {
	applicationName: "luminode",
	title: "luminode pole",
	Workers: {},
	ControlsTemplate: ControlsColumn.template(() => ({
		contents: [
			ButtonsRow({
				label: "Someone moves",
				buttons: [{ eventDown: "onPirDown", eventUp: "onPirUp", label: "PIR" }],
			}),
			SliderRow({
				...{ label: "Daylight", event: "onLuxChanged", unit: " lx" },
				...{ min: 0, max: 200, step: 1, value: NIGHT_lx },
			}),
		],
	})),
	DeviceTemplates: {
		0: DeviceContainer.template(($) => ({
			...{ Behavior: PoleBehavior, width: 240, height: 420 },
			contents: [
				Port($, {
					...{ Behavior: LampBehavior, style: wordStyle },
					...{ left: 0, width: 240, top: 0, height: 420 },
				}),
				DeviceScreen($, { left: 0, width: 0, top: 0, height: 0, rotation: 0 }),
			],
		})),
	},
};
