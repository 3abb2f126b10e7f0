/**
 * Panic: the addresses of a crash in RTC memory, for the report of the next life.
 *
 * Addresses alone: registers and stacks hold keys, so release has no core dump. An ESP32 unwinds its
 * stack; code for RISC-V has no frame pointers, so a C3 gives the instruction and its caller.
 */
#include <stdint.h>
#include "esp_attr.h"
#include "esp_private/panic_internal.h"
#include "sdkconfig.h"
#if CONFIG_IDF_TARGET_ARCH_RISCV
#include "riscv/rvruntime-frames.h"
#else
#include "esp_cpu_utils.h"
#include "esp_debug_helpers.h"
#include "xtensa_context.h"
#endif

#define MOST 8
#define WHOLE 0x4c554d43u /* random after a loss of power */

static RTC_NOINIT_ATTR uint32_t mark;
static RTC_NOINIT_ATTR uint32_t addresses[MOST];

void __real_esp_panic_handler(panic_info_t *info);
void __wrap_esp_panic_handler(panic_info_t *info);
uint32_t luminode_crash(int32_t nth);

static void keep(const panic_info_t *info)
{
#if CONFIG_IDF_TARGET_ARCH_RISCV
	const RvExcFrame *frame = info->frame;
	addresses[0] = frame->mepc;
	addresses[1] = frame->ra;
	addresses[2] = 0;
#else
	const XtExcFrame *frame = info->frame;
	esp_backtrace_frame_t at = { .pc = frame->pc, .sp = frame->a1, .next_pc = frame->a0 };
	int count = 0;
	do addresses[count++] = esp_cpu_process_stack_pc(at.pc);
	while (count < MOST && at.next_pc != 0 && esp_backtrace_get_next_frame(&at));
	if (count < MOST) addresses[count] = 0;
#endif
	mark = WHOLE;
}

void __wrap_esp_panic_handler(panic_info_t *info)
{
	if (mark != WHOLE && info->frame) keep(info);
	__real_esp_panic_handler(info);
}

/** The nth address of the crash before this boot, the innermost first; 0: no more. */
uint32_t luminode_crash(int32_t nth)
{
	uint32_t address = mark == WHOLE && nth >= 0 && nth < MOST ? addresses[nth] : 0;
	if (address == 0) mark = 0;
	return address;
}
