/** Indication: tells the host's indicator when what the lamp shows of itself has changed. */
import type { Indicator } from "../host.js";
import { LINK, PHOTOCELL, PRESENCE, REASON } from "../indication.js";
import type { View } from "../view.js";

type Sensing = View["sensing"];

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

	show(
		presence: Sensing["presence"],
		photocell: Sensing["photocell"],
		reason: View["light"]["reason"],
		level: number,
		link: View["link"]["state"],
	): void {
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
