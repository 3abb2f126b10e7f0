/**
 * Language: of the browser, of which the libraries of the page make formats as they are loaded.
 *
 * A browser without a language calls it `C`, which is none (BCP 47) and would leave the page blank.
 */
try {
	Intl.getCanonicalLocales(navigator.language);
} catch {
	Object.defineProperty(navigator, "language", { value: "en", configurable: true });
}

export {};
