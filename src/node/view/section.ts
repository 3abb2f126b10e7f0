/**
 * Section: the base of the sections of the read-only view (view.ts).
 *
 * Nothing is copied: the getters are in flash, so a section costs a lamp two slots. `Node` combines
 * the sections.
 */
export class Section<T> {
	protected readonly lamp: T;

	constructor(lamp: T) {
		this.lamp = lamp;
	}
}
