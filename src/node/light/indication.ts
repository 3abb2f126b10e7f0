/**
 * Indication: writes presence, photocell, reason, level and link to the indicator if one changed.
 */
import type { Indicator } from "../../host.js";
import { LINK, PHOTOCELL, PRESENCE, REASON } from "../../indication.js";
import { outputOf } from "../../sensing/photocell.js";
import { presenceKindOf } from "../../sensing/presence.js";
import type { View } from "../../view.js";
import type { LightPath } from "./lightpath.js";

export class Indication {
	private readonly indicator: Indicator;
	private presence = "";
	private photocell = "";
	private reason = "";
	private level = -1;
	link: View["link"]["state"] | "" = ""; // as shown

	constructor(indicator: Indicator) {
		this.indicator = indicator;
	}

	/** Shows the current state, if it differs from the one shown. */
	show(light: LightPath, link: View["link"]["state"]): void {
		const presence = presenceKindOf(light.presence);
		const photocell = outputOf(light.photocell);
		const { reason, level } = light;
		if (
			presence === this.presence &&
			photocell === this.photocell &&
			reason === this.reason &&
			level === this.level &&
			link === this.link
		)
			return;
		this.presence = presence;
		this.photocell = photocell;
		this.reason = reason;
		this.level = level;
		this.link = link;
		this.indicator.show(
			PRESENCE.indexOf(presence),
			PHOTOCELL.indexOf(photocell),
			REASON.indexOf(reason),
			level,
			LINK.indexOf(link),
		);
	}
}
