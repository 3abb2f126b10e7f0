/**
 * End: XS ends the controller by `fxAbort`, as a plain reset by software. Its reason goes to RTC memory
 * before (luminode/panic.c): the status and, of an exception that nobody caught, its name and message.
 *
 * To read an exception the machine runs once more; if that ends it again, what is known is enough.
 */
#include <stdint.h>
#include "esp_system.h"
#include "xs.h"

#define LONGEST 64

void luminode_end(const char *kind, const char *detail, uint32_t at);
void __wrap_fxAbort(xsMachine *machine, int status);

/* By the numbers of xs.h. */
static const char *const KINDS[] = {
	"debugger", "memoryFull", "scriptStackFull", "fatal", "deadStrip",
	"exception", "keysFull", "tooMuch", "rejection", "nativeStackFull",
};
#define KNOWN ((int) (sizeof(KINDS) / sizeof(*KINDS)))

static char detail[LONGEST];
static int count;

static void add(const char *words)
{
	while (*words != '\0' && count < LONGEST - 1) detail[count++] = *words++;
}

static void describe(xsMachine *machine)
{
	xsBeginHost(machine);
	xsSlot thrown = xsException;
	if (xsTypeOf(thrown) == xsReferenceType) {
		add(xsToString(xsGet(thrown, xsID("name"))));
		add(" ");
		add(xsToString(xsGet(thrown, xsID("message"))));
	} else {
		add(xsToString(thrown));
	}
	xsEndHost(machine);
}

void __wrap_fxAbort(xsMachine *machine, int status)
{
	static const char *kind;
	static uint32_t at;
	if (kind == NULL) {
		kind = status >= 0 && status < KNOWN ? KINDS[status] : "unknown";
		at = (uint32_t) __builtin_return_address(0) - 1;
		if (status == xsUnhandledExceptionExit) describe(machine);
	}
	luminode_end(kind, detail, at);
	esp_restart();
}
