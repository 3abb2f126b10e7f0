/**
 * Driver: hosts/esp32/luminode/panic.c, asked line by line for an end of ESP-IDF 6.0, in its words. It answers
 * what the next life reads, and the first address if one was kept.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "esp_private/panic_internal.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "riscv/rvruntime-frames.h"

bool g_panic_abort;
char *g_panic_abort_details;

const char *luminode_ended(void);
uint32_t luminode_crash(int32_t nth);
void esp_task_wdt_isr_user_handler(void);
void __wrap_esp_panic_handler(panic_info_t *info);
void __wrap_vApplicationStackOverflowHook(TaskHandle_t task, char *name);

void __real_esp_panic_handler(panic_info_t *info)
{
	(void) info;
}

/* As esp_system_abort, whose panic comes next. */
void __real_vApplicationStackOverflowHook(TaskHandle_t task, char *name)
{
	static char sentence[80];
	(void) task;
	snprintf(sentence, sizeof(sentence), "***ERROR*** A stack overflow in task %s has been detected.", name);
	g_panic_abort = true;
	g_panic_abort_details = sentence;
}

void __real_abort(void)
{
	exit(1);
}

void __real___stack_chk_fail(void)
{
	exit(1);
}

void __real___assert_func(const char *file, int line, const char *name, const char *what)
{
	(void) file, (void) line, (void) name, (void) what;
	exit(1);
}

char *pcTaskGetName(TaskHandle_t task)
{
	return task == NULL ? "now" : "other";
}

int esp_task_wdt_print_triggered_tasks(
	void (*say)(void *nothing, const char *part), void *nothing, int *cores)
{
	(void) cores;
	say(nothing, "\n - ");
	say(nothing, "tls");
	say(nothing, "\n - ");
	say(nothing, "main");
	return 0;
}

/* `full NAME`, `guard`, `fault REASON`, `interrupts`, `task`, `aborted DETAILS` */
int main(void)
{
	char line[128];
	while (fgets(line, sizeof(line), stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		char *rest = strchr(line, ' ');
		if (rest != NULL) *rest++ = '\0';
		RvExcFrame frame = { 0x42000100, 0x42000201 };
		panic_info_t info = { PANIC_EXCEPTION_FAULT, rest, &frame };
		g_panic_abort = false;
		g_panic_abort_details = rest;
		if (strcmp(line, "full") == 0)
			__wrap_vApplicationStackOverflowHook(NULL, rest);
		else if (strcmp(line, "task") == 0)
			esp_task_wdt_isr_user_handler();
		else if (strcmp(line, "interrupts") == 0)
			info.exception = PANIC_EXCEPTION_IWDT;
		if (strcmp(line, "task") == 0 || strcmp(line, "aborted") == 0) g_panic_abort = true;
		__wrap_esp_panic_handler(&info);
		printf("%s;", luminode_ended());
		uint32_t at;
		for (int32_t nth = 0; (at = luminode_crash(nth)) != 0; nth++) printf(" %x", (unsigned) at);
		printf("\n");
	}
	return 0;
}
