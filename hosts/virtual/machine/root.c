/**
 * Root: the machine that is flashed. The image's modules are loaded into it once, in order.
 *
 * Byte code stays where the parser put it: symbols are linked once, and code and strings are of the
 * archive kinds, which run in place as from flash.
 */
#include "root.h"
#include "exception.h"
#include "freeze.h"
#include "images.h"
#include "owned.h"
#include "xsScript.h"

#define PATH_BYTES 256
/* The root may grow; it is not measured, and all lamps share it. */
#define ROOT_CHUNK_BYTES (1024 * 1024)
#define ROOT_SLOTS 32768
#define ROOT_STACK_SLOTS 8192
#define ROOT_KEYS 4096
#define ROOT_PARSER_BYTES 65536
#define SYMBOL_MODULO 127
#define VERSIONS_MOST 8

typedef struct {
	char *specifier;
	char *source;
} Module;

txMachine *root;
txSlot *rootMain;
static double codeBytes; /* byte code of the modules, before strings and symbols */

static Module *modules;
static int moduleCount;
static Owned rootOwned;
static const char *loading = "";
/* The version's text, and its places in the byte code. */
static const char *ownVersion = "";
static txString versions[VERSIONS_MOST];
static int versionCount;
static char shownVersion[VERSION_BYTES];

void EXPORT(imageModule)(char *specifier, char *source)
{
	modules = realloc(modules, (moduleCount + 1) * sizeof(Module));
	modules[moduleCount++] = (Module){ specifier, source };
}

char *EXPORT(errorAt)(void)
{
	return errorText;
}

void EXPORT(imageVersion)(char *version)
{
	ownVersion = version;
}

/*
 * Puts the version of a lamp's image where the root has its own, as the image would; empty: its own.
 * A text without room there is not put.
 */
void rootVersion(const char *version)
{
	if (versionCount == 0) return;
	if (!version[0] || strlen(version) > strlen(ownVersion)) version = ownVersion;
	if (!strcmp(version, shownVersion)) return;
	strcpy(shownVersion, version);
	for (int i = 0; i < versionCount; i++) strcpy(versions[i], version);
}

static void noteVersion(txString text)
{
	if (!ownVersion[0] || strcmp(text, ownVersion) || strlen(text) >= VERSION_BYTES) return;
	if (versionCount == VERSIONS_MOST) return;
	versions[versionCount++] = text;
	strcpy(shownVersion, ownVersion);
}

static Module *moduleOf(const char *specifier)
{
	for (int i = 0; i < moduleCount; i++)
		if (!strcmp(modules[i].specifier, specifier)) return &modules[i];
	return NULL;
}

/* `./x.js` and `../x.js` are relative to the importing module; other names are whole. */
static void resolve(const char *name, const char *from, char *path)
{
	if (name[0] != '.')
		snprintf(path, PATH_BYTES, "%s", name);
	else {
		snprintf(path, PATH_BYTES, "%s", from);
		char *slash = strrchr(path, '/');
		*(slash ? slash : path) = 0;
		for (;;) {
			if (!strncmp(name, "./", 2))
				name += 2;
			else if (!strncmp(name, "../", 3)) {
				name += 3;
				slash = strrchr(path, '/');
				*(slash ? slash : path) = 0;
			} else
				break;
		}
		size_t length = strlen(path);
		snprintf(path + length, PATH_BYTES - length, "%s%s", length ? "/" : "", name);
	}
	char *dot = strrchr(path, '.');
	if (dot && !strcmp(dot, ".js")) *dot = 0;
}

txID fxFindModule(txMachine *the, txSlot *realm, txID moduleID, txSlot *slot)
{
	char name[PATH_BYTES], path[PATH_BYTES];
	fxToStringBuffer(the, slot, name, sizeof(name));
	resolve(name, moduleID == XS_NO_ID ? "" : fxGetKeyName(the, moduleID), path);
	return moduleOf(path) ? fxNewNameC(the, path) : XS_NO_ID;
}

static void reportParserError(
	void *console, txString path, txInteger line, txString format, c_va_list arguments)
{
	if (errorText[0]) return;
	int length = snprintf(errorText, sizeof(errorText), "%s:%d: ", loading, (int) line);
	vsnprintf(errorText + length, sizeof(errorText) - length, format, arguments);
}

/* The device has no parser: strip "*" leaves `eval` and `Function` as traps. */
txScript *fxParseScript(txMachine *the, void *stream, txGetter getter, txUnsigned flags)
{
	txParser parser;
	txParserJump jump;
	txScript *script = NULL;
	if (the->context) fxAbort(the, XS_DEAD_STRIP_EXIT);
	fxInitializeParser(&parser, the, the->parserBufferSize, the->parserTableModulo);
	parser.firstJump = &jump;
	parser.reportError = reportParserError;
	if (setjmp(jump.jmp_buf) == 0) {
		fxParserTree(&parser, stream, getter, flags, NULL);
		fxParserHoist(&parser);
		fxParserBind(&parser);
		script = fxParserCode(&parser);
	}
	fxTerminateParser(&parser);
	return script;
}

static txU1 archived(txU1 code)
{
	switch (code) {
	case XS_CODE_CODE_1:
		return XS_CODE_CODE_ARCHIVE_1;
	case XS_CODE_CODE_2:
		return XS_CODE_CODE_ARCHIVE_2;
	case XS_CODE_CODE_4:
		return XS_CODE_CODE_ARCHIVE_4;
	case XS_CODE_STRING_1:
		return XS_CODE_STRING_ARCHIVE_1;
	case XS_CODE_STRING_2:
		return XS_CODE_STRING_ARCHIVE_2;
	case XS_CODE_STRING_4:
		return XS_CODE_STRING_ARCHIVE_4;
	default:
		return code;
	}
}

/* Gives the script's symbols their ids in the root, once and for all lamps. */
static void linkScript(txMachine *the, txScript *script)
{
	txByte *p = script->symbolsBuffer;
	txID count, id;
	mxDecodeID(p, count);
	txID *ids = ownedMalloc(count * sizeof(txID));
	ids[0] = XS_NO_ID;
	for (txID i = 1; i < count; i++) {
		ids[i] = fxNewNameC(the, (txString) p);
		p += strlen((char *) p) + 1;
	}
	p = script->codeBuffer;
	txByte *end = p + script->codeSize;
	while (p < end) {
		txS1 size = gxCodeSizes[(txU1) *p];
		txU1 code = archived((txU1) *p);
		*p = (txByte) code;
		if (size > 0)
			p += size;
		else if (size == 0) {
			p++;
			mxDecodeID(p, id);
			p -= sizeof(txID);
			id = ids[id];
			mxEncodeID(p, id);
		} else { /* -1, -2, -4: a length of so many bytes, then so much data */
			txU4 length = (txU1) p[1];
			if (size != -1) length |= (txU4) (txU1) p[2] << 8;
			if (size == -4) length |= (txU4) (txU1) p[3] << 16 | (txU4) (txU1) p[4] << 24;
			if (code == XS_CODE_STRING_ARCHIVE_1) noteVersion((txString) p + 2);
			p += 1 - size + length;
		}
	}
	ownedFree(ids);
	ownedFree(script->symbolsBuffer);
	script->symbolsBuffer = NULL;
}

void fxLoadModule(txMachine *the, txSlot *module, txID moduleID)
{
	Module *found = moduleOf(fxGetKeyName(the, moduleID));
	txStringCStream stream = { found->source, 0, (txSize) strlen(found->source) };
	const char *outer = loading;
	loading = found->specifier;
	txScript *script = fxParseScript(the, &stream, fxStringCGetter, 0);
	loading = outer;
	if (!script) mxSyntaxError("%s", errorText);
	codeBytes += script->codeSize;
	linkScript(the, script);
	fxResolveModule(the, module, moduleID, script, C_NULL, C_NULL);
}

static void loadModules(txMachine *the)
{
	for (int i = 0; i < moduleCount; i++) {
		loading = modules[i].specifier;
		mxPushStringX(modules[i].specifier);
		fxAwaitImport(the, 0);
		mxPop();
		while (the->jobs) {
			the->jobs = 0;
			fxRunPromiseJobs(the);
		}
	}
}

static void findMain(txMachine *the, const char *main)
{
	loading = main;
	mxPushStringX((txString) main);
	fxAwaitImport(the, XS_IMPORT_DEFAULT);
	if (the->stack->kind != XS_REFERENCE_KIND || !mxIsFunction(the->stack->value.reference))
		mxTypeError("the default export is no function");
	rootMain = malloc(sizeof(txSlot));
	*rootMain = *the->stack;
	mxPop();
}

/* Of the frozen root: 0: slots, 1: bytes of chunks, 2: bytes of byte code. */
double EXPORT(rootFigure)(int which)
{
	return which == 0 ? root->currentHeapCount : which == 1 ? root->currentChunksSize : codeBytes;
}

int rootBuild(const char *main, const txCreation *lamp, void (*addGlobals)(txMachine *the))
{
	txCreation creation = { ROOT_CHUNK_BYTES, ROOT_CHUNK_BYTES, ROOT_SLOTS, ROOT_SLOTS, ROOT_STACK_SLOTS,
		ROOT_KEYS, ROOT_KEYS, lamp->nameModulo, lamp->symbolModulo, ROOT_PARSER_BYTES, 1993,
		0 };
	errorText[0] = 0;
	ownedOpen(&rootOwned);
	owner = &rootOwned;
	txMachine *the = root = fxCreateMachine(&creation, "root", NULL, XS_NO_ID);
	if (!the) {
		snprintf(errorText, sizeof(errorText), "no memory for the root");
		return 0;
	}
	the->stackLimit = fxCStackLimit();
	txJump jump;
	memset(&jump, 0, sizeof(jump));
	the->firstJump = &jump;
	volatile int done = 0;
	if (setjmp(jump.buffer) == 0) {
		fxBeginHost(the);
		mxTry(the)
		{
			addGlobals(the);
			loadModules(the);
			findMain(the, main);
			done = 1;
		}
		mxCatch(the)
		{
			char text[TEXT_BYTES] = "";
			describeException(the, text, sizeof(text));
			if (!errorText[0]) snprintf(errorText, sizeof(errorText), "%s: %s", loading, text);
		}
		fxEndHost(the);
		if (done) rootFreeze(the);
		the->firstJump = NULL;
	}
	owner = NULL;
	return !errorText[0];
}
