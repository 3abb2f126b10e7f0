/** Word list: the texts of one part of the page in one language, by name. Types only. */
export interface Words {
	readonly [key: string]: string;
}
