/**
 * Panic: how a life ended, in RTC memory, for the report of the next one: a word, the detail that ESP-IDF
 * knows, addresses, and what the machine was at work on. An end of XS comes by `luminode_end` (end.c).
 *
 * No registers and no stacks, which hold keys, so release has no core dump. An ESP32 unwinds its stack;
 * code for RISC-V has no frame pointers, so a C3 gives the instruction and its caller. A return address is
 * given less one: behind a call that never returns another function begins. An abort has the address of
 * the call alone, by the hooks of `abort`, `assert` and the canaries below.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "esp_attr.h"
#include "esp_private/panic_internal.h"
#include "esp_task_wdt.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sdkconfig.h"
#if CONFIG_IDF_TARGET_ARCH_RISCV
#include "riscv/rvruntime-frames.h"
#else
#include "esp_cpu_utils.h"
#include "esp_debug_helpers.h"
#include "xtensa_context.h"
#endif

#define MOST 8
#define TEXT 72 /* with its zero */
#define WHOLE 0x4c554d45u /* random after a loss of power */

static RTC_NOINIT_ATTR uint32_t mark;
static RTC_NOINIT_ATTR uint32_t addresses[MOST];
static RTC_NOINIT_ATTR char text[TEXT];
static RTC_NOINIT_ATTR uint32_t work[2]; /* the second inverted */

static uint32_t caller; /* of abort, assert or a canary's check */
static char hung[16]; /* the first task that the watchdog missed */
extern bool g_panic_abort;
extern char *g_panic_abort_details;

void luminode_end(const char *kind, const char *detail, uint32_t at);
const char *luminode_ended(void);
uint32_t luminode_crash(int32_t nth);
void luminode_at(int32_t input, int32_t room);
int32_t luminode_was_at(void);
void __real_esp_panic_handler(panic_info_t *info);
void __wrap_esp_panic_handler(panic_info_t *info);
void __real_vApplicationStackOverflowHook(TaskHandle_t task, char *name);
void __wrap_vApplicationStackOverflowHook(TaskHandle_t task, char *name);

/** The first end counts: what follows it is its consequence. `at`: an address, 0: none. */
void luminode_end(const char *kind, const char *detail, uint32_t at)
{
	size_t count = 0;
	if (mark == WHOLE) return;
	for (const char *from = kind; *from != '\0' && count < TEXT - 1; from++) text[count++] = *from;
	if (*detail != '\0' && count < TEXT - 1) text[count++] = ' ';
	for (const char *from = detail; *from >= ' ' && *from <= '~' && count < TEXT - 1; from++)
		text[count++] = *from == ';' ? ',' : *from;
	text[count] = '\0';
	addresses[0] = at;
	addresses[1] = 0;
	mark = WHOLE;
}

static bool says(const char *part)
{
	return g_panic_abort_details != NULL && strstr(g_panic_abort_details, part) != NULL;
}

/* ESP-IDF has no numbers for these ends, but sentences (6.0). */
static void endOfAbort(void)
{
	if (says("Stack smashing")) luminode_end("stackSmashed", "", caller);
	else if (says("assert failed")) luminode_end("assertFailed", "", caller);
	else if (says("Mem alloc fail")) luminode_end("heapFull", "", 0);
	else if (hung[0] != '\0') luminode_end("hung", hung, 0);
	else luminode_end("abort", "", caller);
}

static void endOfFault(const panic_info_t *info)
{
	const char *reason = info->reason != NULL ? info->reason : "";
	if (info->exception == PANIC_EXCEPTION_IWDT) luminode_end("interruptsOff", "", 0);
	else if (strstr(reason, "Stack protection") != NULL) luminode_end("stackOverflow", pcTaskGetName(NULL), 0);
	else luminode_end("badAccess", reason, 0);
}

static void keepAddresses(const panic_info_t *info)
{
#if CONFIG_IDF_TARGET_ARCH_RISCV
	const RvExcFrame *frame = info->frame;
	addresses[0] = frame->mepc;
	addresses[1] = frame->ra - 1;
	addresses[2] = 0;
#else
	const XtExcFrame *frame = info->frame;
	esp_backtrace_frame_t at = { .pc = frame->pc, .sp = frame->a1, .next_pc = frame->a0 };
	int count = 0;
	do addresses[count++] = esp_cpu_process_stack_pc(at.pc);
	while (count < MOST && at.next_pc != 0 && esp_backtrace_get_next_frame(&at));
	if (count < MOST) addresses[count] = 0;
#endif
}

void __wrap_esp_panic_handler(panic_info_t *info)
{
	if (mark != WHOLE) {
		if (g_panic_abort) endOfAbort();
		else endOfFault(info);
		if (addresses[0] == 0 && info->frame != NULL) keepAddresses(info);
	}
	__real_esp_panic_handler(info);
}

/** FreeRTOS calls it at a change of task, where an address would say nothing. */
void __wrap_vApplicationStackOverflowHook(TaskHandle_t task, char *name)
{
	luminode_end("stackOverflow", name, 0);
	__real_vApplicationStackOverflowHook(task, name);
}

/* In RAM: the flash cache may be off. */
#define HOOK(NAME, PARAMETERS, ...)                                                                          \
	void __attribute__((noreturn)) __real_##NAME PARAMETERS;                                             \
	void __attribute__((noreturn)) __wrap_##NAME PARAMETERS;                                             \
	void IRAM_ATTR __wrap_##NAME PARAMETERS                                                              \
	{                                                                                                    \
		caller = (uint32_t) (uintptr_t) __builtin_return_address(0) - 1;                             \
		__real_##NAME(__VA_ARGS__);                                                                  \
	}
HOOK(abort, (void))
HOOK(__stack_chk_fail, (void))
HOOK(__assert_func, (const char *file, int line, const char *name, const char *what), file, line, name, what)

static void note(void *nothing, const char *part)
{
	static bool isName;
	(void) nothing;
	if (isName && hung[0] == '\0') strncpy(hung, part, sizeof(hung) - 1);
	isName = strcmp(part, "\n - ") == 0;
}

/** ESP-IDF calls it before the panic of the task watchdog. */
void esp_task_wdt_isr_user_handler(void)
{
	(void) esp_task_wdt_print_triggered_tasks(note, NULL, NULL);
}

/** How the life before ended: a word and a detail; empty: nothing is known. */
const char *luminode_ended(void)
{
	if (mark != WHOLE) return "";
	text[TEXT - 1] = '\0';
	return text;
}

/** The nth address of that end, the innermost first; 0: no more, and the end is forgotten. */
uint32_t luminode_crash(int32_t nth)
{
	uint32_t address = mark == WHOLE && nth >= 0 && nth < MOST ? addresses[nth] : 0;
	if (address == 0) mark = 0;
	return address;
}

/** What the machine is at work on (turn.ts). */
void luminode_at(int32_t input, int32_t room)
{
	work[0] = (uint32_t) (input << 8 | room);
	work[1] = ~work[0];
}

/** The same of the life before, until the first turn of this one; -1: unknown. */
int32_t luminode_was_at(void)
{
	return work[0] == ~work[1] ? (int32_t) work[0] : -1;
}
