/**
 * Language: gives English to a browser that has no language.
 *
 * WebKit without a locale calls its language `C`, which is no tag of BCP 47. Libraries of the page make a
 * number format of it as they are loaded, and the page would stay blank.
 */
try {
	Intl.getCanonicalLocales(navigator.language);
} catch {
	Object.defineProperty(navigator, "language", { value: "en", configurable: true });
}

export {};
